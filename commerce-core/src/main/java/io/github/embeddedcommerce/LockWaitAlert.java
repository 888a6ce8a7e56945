package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.Validation;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reports every lock wait that reaches a threshold, to page somebody or to shed load.
 *
 * <p>Immutable and thread-safe. The consumer is called on the thread that waited, after its transaction has ended. What
 * it throws is logged and otherwise ignored.
 */
public final class LockWaitAlert implements CommerceListener {
    private final Duration threshold;
    private final Consumer<LockWait> alert;

    /**
     * @param threshold the shortest wait to report, 0 or more
     * @param alert receives the waits
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if an argument is null, or the
     *     threshold is negative
     */
    public LockWaitAlert(Duration threshold, Consumer<LockWait> alert) {
        if (Validation.required(threshold, "threshold").isNegative()) {
            throw Validation.refusal(
                    "threshold", "must not be negative, it is " + threshold, Map.of("value", threshold.toString()));
        }
        this.threshold = threshold;
        this.alert = Validation.required(alert, "alert");
    }

    @Override
    public void lockWaited(LockWait wait) {
        if (wait.duration().compareTo(threshold) >= 0) {
            alert.accept(wait);
        }
    }
}
