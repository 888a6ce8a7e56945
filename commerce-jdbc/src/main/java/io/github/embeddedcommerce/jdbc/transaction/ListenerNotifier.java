package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.CommerceListener.SharedTransaction;
import io.github.embeddedcommerce.CommerceListener.UseCaseEnded;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.FailureText;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners, one after the other. What one of them throws, of whatever kind, reaches neither the others nor
 * the shop: the transaction they are told of has ended, and its answer must be returned.
 */
public record ListenerNotifier(List<CommerceListener> listeners) {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerNotifier.class);

    public ListenerNotifier {
        listeners = List.copyOf(listeners);
    }

    /** A use case ended, with this failure or, if it is null, well. */
    void ended(String useCase, long begunNanos, int attempts, @Nullable Throwable failure) {
        ErrorCode refusal = failure instanceof CommerceException refused ? refused.code() : null;
        StorageError error = failure instanceof StorageException storage
                ? storage.error()
                : failure == null || refusal != null ? null : StorageError.OTHER;
        Duration duration = Duration.ofNanos(System.nanoTime() - begunNanos);
        UseCaseEnded ended = new UseCaseEnded(useCase, duration, attempts, refusal, error);
        tell(listener -> listener.useCaseEnded(ended));
    }

    void waited(List<LockWait> waits) {
        waits.forEach(wait -> tell(listener -> listener.lockWaited(wait)));
    }

    /** So many calls of a use case have shared a transaction. */
    void shared(String useCase, int calls) {
        SharedTransaction shared = new SharedTransaction(useCase, calls);
        tell(listener -> listener.transactionShared(shared));
    }

    void broken(BrokenTransaction broken) {
        tell(listener -> listener.transactionBroken(broken));
    }

    /** What was kept while a transaction was open, now that it has ended. */
    void told(BufferedListener kept) {
        kept.news().forEach(this::tell);
    }

    private void tell(Consumer<CommerceListener> news) {
        for (CommerceListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (Throwable failure) { // a checked one too: not every language declares them
                if (failure instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                warn(listener.getClass().getName(), failure);
            }
        }
    }

    /** What is logged is code of the host's as well: a failure may fail again when the log asks what it says. */
    private static void warn(String listener, Throwable failure) {
        try {
            LOG.warn("a listener failed: {}", listener, failure);
        } catch (Throwable unprintable) {
            try {
                LOG.warn("a listener failed: {}: {}", listener, FailureText.of(failure));
            } catch (Throwable noLog) {
                failure.addSuppressed(noLog); // nothing is left to tell it to
            }
        }
    }
}
