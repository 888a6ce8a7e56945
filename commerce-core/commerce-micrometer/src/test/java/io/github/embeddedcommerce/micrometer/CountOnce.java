package io.github.embeddedcommerce.micrometer;

import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.CommerceListener.UseCaseEnded;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** Run by {@link ModulePathTest} as part of this module. */
@SuppressWarnings("SystemOut")
final class CountOnce {
    private CountOnce() {}

    public static void main(String[] args) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerListener listener = new MicrometerListener(registry);
        listener.useCaseEnded(new UseCaseEnded("orders.pay", Duration.ofMillis(3), 1, null, null));
        listener.lockWaited(new LockWait("orders.pay", LockOrder.STOCK, "[1]", Duration.ofMillis(1), true));
        System.out.println(CountOnce.class.getModule().getName() + " counted "
                + registry.get("commerce.use.case").timer().count());
    }
}
