package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.CommerceListener.SharedTransaction;
import io.github.embeddedcommerce.CommerceListener.UseCaseEnded;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners, one after the other; what one of them throws reaches neither the others nor the shop. */
public record ListenerNotifier(List<CommerceListener> listeners) {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerNotifier.class);

    public ListenerNotifier {
        listeners = List.copyOf(listeners);
    }

    /** A use case ended, with this failure or, if it is null, well. */
    void ended(String useCase, long begunNanos, int attempts, @Nullable RuntimeException failure) {
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
            } catch (RuntimeException failure) {
                LOG.warn("a listener failed: {}", listener, failure);
            }
        }
    }
}
