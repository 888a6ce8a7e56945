package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of lock waits that are long or given up, by a logger whose name hosts may rely on. */
public final class SlowLockLogger implements CommerceListener {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.embeddedcommerce.jdbc.SlowLocks");
    private static final Duration LONG = Duration.ofSeconds(1);

    @Override
    public void lockWaited(LockWait wait) {
        if (!wait.acquired()) {
            LOG.warn("{} gave up on {} {} after {}", wait.useCase(), wait.resource(), wait.rows(), wait.duration());
        } else if (wait.duration().compareTo(LONG) >= 0) {
            LOG.warn("{} waited {} for {} {}", wait.useCase(), wait.duration(), wait.resource(), wait.rows());
        }
    }
}
