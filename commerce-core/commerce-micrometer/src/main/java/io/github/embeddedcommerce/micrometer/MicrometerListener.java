package io.github.embeddedcommerce.micrometer;

import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * Records the use cases, lock waits and broken transactions of a shop as Micrometer meters. Register one when the shop
 * is opened; one listener may serve several shops, whose figures then add up. Thread-safe.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th></tr>
 * <tr><td>{@code commerce.use.case}</td><td>timer with a histogram; all attempts and pauses are included</td>
 *   <td>{@code use.case} (such as {@code orders.place}), {@code outcome} ({@code success}, {@code refused},
 *   {@code failed}), {@code reason} (the error code or the storage error, else {@code none})</td></tr>
 * <tr><td>{@code commerce.lock.wait}</td><td>timer with a histogram and the percentiles 0.5, 0.95, 0.99</td>
 *   <td>{@code resource} (such as {@code stock}), {@code acquired} ({@code true}, {@code false})</td></tr>
 * <tr><td>{@code commerce.transactions.broken}</td><td>counter</td><td>{@code use.case}, {@code error} (the storage
 *   error, such as {@code deadlock}), {@code retried} ({@code true}, {@code false})</td></tr>
 * <tr><td>{@code commerce.transaction.calls}</td><td>distribution summary of the calls that shared a transaction, where
 *   several did</td><td>{@code use.case}</td></tr>
 * </table>
 *
 * <p>Constants appear in lower case, such as {@code insufficient_stock}. A tag takes one of a fixed set of values,
 * never an id, so the number of meters does not grow with the number of users or orders.
 */
public final class MicrometerListener implements CommerceListener {
    private final MeterRegistry registry;

    /**
     * A listener for this registry; meters appear there when they are first needed.
     *
     * @throws CommerceException VALIDATION_ERROR if the registry is null
     */
    public MicrometerListener(MeterRegistry registry) {
        this.registry = Validation.required(registry, "registry");
    }

    @Override
    public void useCaseEnded(UseCaseEnded ended) {
        String outcome = ended.succeeded() ? "success" : ended.refusal() != null ? "refused" : "failed";
        Enum<?> reason = ended.refusal() != null ? ended.refusal() : ended.error();
        Timer.builder("commerce.use.case")
                .description("Duration of use cases, all attempts included")
                .tag("use.case", ended.useCase())
                .tag("outcome", outcome)
                .tag("reason", reason == null ? "none" : lowerCase(reason))
                .publishPercentileHistogram()
                .register(registry)
                .record(ended.duration());
    }

    @Override
    public void lockWaited(LockWait wait) {
        Timer.builder("commerce.lock.wait")
                .description("Duration of statements that lock rows")
                .tag("resource", lowerCase(wait.resource()))
                .tag("acquired", Boolean.toString(wait.acquired()))
                .publishPercentileHistogram()
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry)
                .record(wait.duration());
    }

    @Override
    public void transactionBroken(BrokenTransaction broken) {
        Counter.builder("commerce.transactions.broken")
                .description("Transactions that the database broke off")
                .tag("use.case", broken.useCase())
                .tag("error", lowerCase(broken.error()))
                .tag("retried", Boolean.toString(broken.pause() != null))
                .register(registry)
                .increment();
    }

    @Override
    public void transactionShared(SharedTransaction shared) {
        DistributionSummary.builder("commerce.transaction.calls")
                .description("Calls that shared a transaction")
                .tag("use.case", shared.useCase())
                .register(registry)
                .record(shared.calls());
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
