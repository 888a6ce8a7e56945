package io.github.embeddedcommerce.examples.storefront.card;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A card provider that is only pretended: it has no money, and forgets everything when the process ends. As a real one
 * would, it lets the customer decide on a page of its own, tells the shop the outcome by a signed webhook, and tells it
 * again until the shop has answered. Thread-safe.
 */
public final class CardProvider implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CardProvider.class);
    private static final int SECRET_BYTES = 32;
    private static final long LARGEST_ID = 1L << 53; // what a page can count to
    private static final int KEPT = 10_000;
    private static final int TRIES = 60;
    private static final int RETRY_SECONDS = 1;
    private static final Duration ANSWERING = Duration.ofSeconds(20);
    private static final int OK = 200;

    /** What the customer wants the provider to do. */
    enum Answer {
        /** The money comes, and the shop is told at once. */
        SUCCEED,
        /** The same, later. */
        LATE,
        /** The shop is told twice, at once. */
        TWICE,
        /** The shop is never told anything. */
        NEVER,
        /** No money comes. */
        DECLINE
    }

    /**
     * What the customer's page shows.
     *
     * @param answer null until the customer has decided
     */
    record Session(
            long sessionId,
            long paymentId,
            long amount,
            @Nullable Answer answer) {}

    private final SecureRandom random = new SecureRandom();
    private final byte[] secret = random.generateSeed(SECRET_BYTES);
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final Map<Long, Session> sessions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Session> eldest) {
            return size() > KEPT;
        }
    };
    private volatile @Nullable URI webhook;

    /** From now on, the shop is told at this address. */
    public void tell(URI address) {
        webhook = address;
    }

    /** The secret that shop and provider share. */
    byte[] secret() {
        return secret.clone();
    }

    /** Begins a payment on the provider's side; asked again for the same one, it is the same session. */
    synchronized Session open(long paymentId, long amount) {
        return sessions.values().stream()
                .filter(session -> session.paymentId == paymentId)
                .findFirst()
                .orElseGet(() -> {
                    Session session = new Session(random.nextLong(1, LARGEST_ID), paymentId, amount, null);
                    sessions.put(session.sessionId, session);
                    return session;
                });
    }

    synchronized Session get(long sessionId) {
        Session session = sessions.get(sessionId);
        if (session == null) {
            throw new CommerceException(
                    ErrorCode.PAYMENT_NOT_FOUND,
                    "the card provider knows no session " + sessionId + ": begin the payment again",
                    Map.of("session", sessionId));
        }
        return session;
    }

    /** The customer has decided; whoever decides again changes nothing. */
    synchronized Session answer(long sessionId, Answer answer, Duration late) {
        Session open = get(sessionId);
        if (open.answer != null) {
            return open;
        }
        Session decided = new Session(open.sessionId, open.paymentId, open.amount, answer);
        sessions.put(sessionId, decided);
        switch (answer) {
            case SUCCEED -> tell(decided, CardNotice.Outcome.SUCCEEDED, Duration.ZERO);
            case LATE -> tell(decided, CardNotice.Outcome.SUCCEEDED, late);
            case TWICE -> {
                tell(decided, CardNotice.Outcome.SUCCEEDED, Duration.ZERO);
                tell(decided, CardNotice.Outcome.SUCCEEDED, Duration.ZERO);
            }
            case DECLINE -> tell(decided, CardNotice.Outcome.DECLINED, Duration.ZERO);
            case NEVER -> {}
        }
        return decided;
    }

    /** Gives an amount back; this one always can. The same refund has the same reference, however often it is asked. */
    String refund(long refundId) {
        return "refund-" + refundId;
    }

    private void tell(Session session, CardNotice.Outcome outcome, Duration wait) {
        CardNotice notice = new CardNotice(session.paymentId, "card-" + session.sessionId, session.amount, outcome);
        schedule(notice, 1, wait);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged
    private void schedule(CardNotice notice, int tried, Duration wait) {
        executor.schedule(() -> post(notice, tried), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void post(CardNotice notice, int tried) {
        URI address = webhook;
        try {
            if (address != null
                    && client.send(request(address, notice), BodyHandlers.discarding())
                                    .statusCode()
                            == OK) {
                return;
            }
        } catch (IOException unreachable) {
            LOG.info("the shop cannot be told of payment {} now: {}", notice.paymentId(), unreachable.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        if (tried == TRIES) {
            LOG.warn("the shop could not be told of payment {}", notice.paymentId());
        } else if (!executor.isShutdown()) {
            schedule(notice, tried + 1, Duration.ofSeconds(RETRY_SECONDS));
        }
    }

    private HttpRequest request(URI address, CardNotice notice) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("paymentId", notice.paymentId());
        body.put("reference", notice.reference());
        body.put("amount", notice.amount());
        body.put("outcome", notice.outcome().name());
        body.put("signature", notice.signature(secret));
        return HttpRequest.newBuilder(address)
                .timeout(ANSWERING)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(body)))
                .build();
    }

    /** Ends; what the shop was not told yet, it is never told. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
