package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.error.Validation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * Turns what the shop tells into Micrometer meters. Needs {@code io.micrometer:micrometer-core} on the host's class
 * path, which the library does not bring. Thread-safe.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th></tr>
 * <tr><td>{@code commerce.use.case}</td><td>timer</td><td>{@code use.case}, {@code outcome} (success, refused, failed),
 *   {@code reason} (the error code or the trouble, else none)</td></tr>
 * <tr><td>{@code commerce.lock.wait}</td><td>timer with a histogram and the percentiles 0.5, 0.95, 0.99</td>
 *   <td>{@code resource}, {@code acquired}</td></tr>
 * <tr><td>{@code commerce.transactions.broken}</td><td>counter</td><td>{@code use.case}, {@code trouble} (deadlock,
 *   lock_timeout, …), {@code retried}</td></tr>
 * </table>
 */
public final class MicrometerListener implements CommerceListener {
    private final MeterRegistry meters;

    /** Registers the meters here as they are first needed. */
    public MicrometerListener(MeterRegistry meters) {
        this.meters = Validation.required(meters, "meters");
    }

    @Override
    public void useCaseEnded(UseCaseEnded ended) {
        String outcome = ended.succeeded() ? "success" : ended.refusal() != null ? "refused" : "failed";
        Object reason = ended.refusal() != null ? ended.refusal() : ended.error();
        Timer.builder("commerce.use.case")
                .description("How long use cases take, all tries included")
                .tag("use.case", ended.useCase())
                .tag("outcome", outcome)
                .tag("reason", reason == null ? "none" : name(reason))
                .publishPercentileHistogram()
                .register(meters)
                .record(ended.duration());
    }

    @Override
    public void lockWaited(LockWait wait) {
        Timer.builder("commerce.lock.wait")
                .description("How long statements that lock rows take")
                .tag("resource", name(wait.resource()))
                .tag("acquired", Boolean.toString(wait.acquired()))
                .publishPercentileHistogram()
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(meters)
                .record(wait.duration());
    }

    @Override
    public void transactionBroken(BrokenTransaction broken) {
        Counter.builder("commerce.transactions.broken")
                .description("Transactions that the database broke off")
                .tag("use.case", broken.useCase())
                .tag("trouble", name(broken.error()))
                .tag("retried", Boolean.toString(broken.pause() != null))
                .register(meters)
                .increment();
    }

    private static String name(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }
}
