package io.github.embeddedcommerce.jdbc.model;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends a property when the minutes of {@code -Dsoak.minutes} are over, however many tries are left; else does nothing.
 */
final class SoakTime implements AroundTryHook {
    private final Long minutes = Long.getLong("soak.minutes");
    private final long begin = System.nanoTime();

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        TryExecutionResult result = aTry.execute(parameters);
        boolean over = minutes != null
                && System.nanoTime() - begin > Duration.ofMinutes(minutes).toNanos();
        return over && result.isSatisfied() ? TryExecutionResult.satisfied(true) : result;
    }
}
