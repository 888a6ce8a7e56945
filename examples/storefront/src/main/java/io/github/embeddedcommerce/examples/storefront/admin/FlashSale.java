package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many buyers, each with a thread and money of its own, want one piece each of a few, all at the same moment. Those who
 * get one pay for it. At the end the books are audited. Runs once, on threads of its own; thread-safe.
 */
final class FlashSale {
    private static final Logger LOG = LoggerFactory.getLogger(FlashSale.class);
    private static final Money PRICE = Won.of(9_900);
    private static final int PREPARING_THREADS = 8;
    private static final int TRIES = 5;
    private static final long FIRST_BUYER = 1_000_000_000_000L; // more than any customer's number
    private static final long LONGEST_MINUTES = 5;
    private static final int NANOS_A_MILLI = 1_000_000;

    /** How far a buyer has come; the picture shows one letter each. */
    private enum Progress {
        WAITING('.'),
        BOUGHT('B'),
        TOO_LATE('L'),
        FAILED('F');

        private final char letter;

        Progress(char letter) {
            this.letter = letter;
        }
    }

    private enum Phase {
        PREPARING,
        SELLING,
        AUDITING,
        DONE,
        FAILED
    }

    private final CommerceFacade shop;
    private final String name = "flash-" + UUID.randomUUID().toString().substring(0, 8);
    private final long firstBuyer = ThreadLocalRandom.current().nextLong(FIRST_BUYER, 2 * FIRST_BUYER);
    private final int pieces;
    private final AtomicReferenceArray<Progress> buyers;
    private volatile Phase phase = Phase.PREPARING;
    private volatile long began;
    private volatile long ended;
    private volatile Audit.@Nullable Report audit;

    FlashSale(CommerceFacade shop, int buyers, int pieces) {
        this.shop = shop;
        this.pieces = pieces;
        this.buyers = new AtomicReferenceArray<>(buyers);
        IntStream.range(0, buyers).forEach(buyer -> this.buyers.set(buyer, Progress.WAITING));
    }

    /**
     * The sale as it stands.
     *
     * @param outcomes one letter a buyer: {@code .} waiting, {@code B} bought, {@code L} too late, {@code F} failed
     * @param millis from the starting shot until the last buyer was answered, or until now
     * @param auditClean null until the books are audited
     */
    record State(
            String name,
            String phase,
            int buyers,
            int pieces,
            int sold,
            int tooLate,
            int failed,
            String outcomes,
            long millis,
            @Nullable Boolean auditClean,
            int violations) {}

    State state() {
        StringBuilder outcomes = new StringBuilder();
        Map<Progress, Integer> counts = new EnumMap<>(Progress.class);
        for (int i = 0; i < buyers.length(); i++) {
            Progress progress = buyers.get(i);
            outcomes.append(progress.letter);
            counts.merge(progress, 1, Integer::sum);
        }
        Audit.Report report = audit;
        return new State(
                name,
                phase.name(),
                buyers.length(),
                pieces,
                counts.getOrDefault(Progress.BOUGHT, 0),
                counts.getOrDefault(Progress.TOO_LATE, 0),
                counts.getOrDefault(Progress.FAILED, 0),
                outcomes.toString(),
                millis(),
                report == null ? null : report.isClean(),
                report == null ? 0 : report.violations().size());
    }

    private long millis() {
        if (began == 0) {
            return 0;
        }
        return ((ended == 0 ? System.nanoTime() : ended) - began) / NANOS_A_MILLI;
    }

    boolean isOver() {
        return phase == Phase.DONE || phase == Phase.FAILED;
    }

    /** Prepares, sells and audits; returns when all is done or the thread is interrupted. */
    void run() {
        try {
            Product product = shop.products()
                    .register(
                            NewProduct.of("Flash sale " + name, "flash", PRICE).withOption(name, pieces));
            OptionId option = product.option(name).id();
            together(PREPARING_THREADS, this::prepare);
            phase = Phase.SELLING;
            CountDownLatch shot = new CountDownLatch(buyers.length());
            together(buyers.length(), buyer -> buy(buyer, option, shot));
            ended = System.nanoTime();
            phase = Phase.AUDITING;
            shop.products().change(product.id(), ProductChange.none().withOnSale(false));
            audit = shop.jobs().audit().call();
            phase = Phase.DONE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            phase = Phase.FAILED;
        } catch (CommerceException | StorageException failure) {
            LOG.warn("flash sale {}: {}", name, failure.getMessage());
            phase = Phase.FAILED;
        }
    }

    /** What one buyer does. */
    private interface Step {
        void take(int buyer) throws InterruptedException;
    }

    private void together(int threads, Step step) throws InterruptedException {
        ExecutorService crew = Executors.newFixedThreadPool(threads);
        try {
            for (int i = 0; i < buyers.length(); i++) {
                int buyer = i;
                crew.execute(() -> tryStep(step, buyer));
            }
            crew.shutdown();
            if (!crew.awaitTermination(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                LOG.warn(
                        "flash sale {}: some buyers were not answered in {}",
                        name,
                        Duration.ofMinutes(LONGEST_MINUTES));
            }
        } finally {
            crew.shutdownNow();
        }
    }

    private void tryStep(Step step, int buyer) {
        try {
            step.take(buyer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (CommerceException | StorageException failure) {
            LOG.warn("flash sale {}, buyer {}: {}", name, buyer, failure.getMessage());
            buyers.set(buyer, Progress.FAILED);
        }
    }

    private void prepare(int buyer) {
        shop.inTransaction(inOne -> {
            UserId user = inOne.users().register(user(buyer)).id();
            return inOne.users().topUp(TopUp.of(user, PRICE));
        });
    }

    /** Waits until all are ready: the last one who comes fires the shot. */
    private void buy(int buyer, OptionId option, CountDownLatch shot) throws InterruptedException {
        shot.countDown();
        shot.await();
        if (began == 0) {
            began = System.nanoTime();
        }
        try {
            PlaceOrder wanted = PlaceOrder.by(user(buyer)).line(option, 1);
            Order order = persistently(() -> shop.orders().place(wanted));
            persistently(() -> shop.orders().pay(PayOrder.by(user(buyer), order.id())));
            buyers.set(buyer, Progress.BOUGHT);
        } catch (CommerceException refusal) {
            if (refusal.code() != ErrorCode.INSUFFICIENT_STOCK) {
                throw refusal;
            }
            buyers.set(buyer, Progress.TOO_LATE);
        }
    }

    /** Tries again where the database was too busy and nothing has changed. */
    private static <T> T persistently(Supplier<T> call) {
        for (int tried = 1; ; tried++) {
            try {
                return call.get();
            } catch (StorageException busy) {
                boolean again = busy.error().mayPass() && busy.outcome() == StorageException.Outcome.NOTHING_CHANGED;
                if (!again || tried == TRIES) {
                    throw busy;
                }
            }
        }
    }

    private UserId user(int buyer) {
        return Call.user(firstBuyer + buyer);
    }
}
