package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.CommerceListener.UseCaseEnded;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.transaction.LockOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T8")
class LockWaitAlertTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_wait_that_reaches_the_threshold_is_told_and_a_shorter_one_is_not() {
        List<LockWait> told = new ArrayList<>();
        LockWaitAlert alert = new LockWaitAlert(SECOND, told::add);
        alert.lockWaited(wait(SECOND.minusNanos(1)));
        assertThat(told).isEmpty();
        alert.lockWaited(wait(SECOND));
        alert.lockWaited(wait(SECOND.plusNanos(1)));
        assertThat(told).containsExactly(wait(SECOND), wait(SECOND.plusNanos(1)));
    }

    @Test
    @Tag("E2")
    void a_threshold_is_not_negative_and_somebody_is_told() {
        malformed(() -> new LockWaitAlert(Duration.ofNanos(-1), wait -> {}));
        malformed(() -> new LockWaitAlert(nothing(), wait -> {}));
        malformed(() -> new LockWaitAlert(SECOND, nothing()));
        List<LockWait> told = new ArrayList<>();
        new LockWaitAlert(Duration.ofSeconds(Long.MAX_VALUE), told::add).lockWaited(wait(SECOND));
        new LockWaitAlert(Duration.ZERO, told::add).lockWaited(wait(Duration.ZERO));
        assertThat(told).hasSize(1);
    }

    @Test
    void a_use_case_succeeded_if_it_was_neither_refused_nor_in_trouble() {
        assertThat(new UseCaseEnded("orders.pay", SECOND, 1, null, null).succeeded())
                .isTrue();
        assertThat(new UseCaseEnded("orders.pay", SECOND, 1, ErrorCode.ALREADY_PAID, null).succeeded())
                .isFalse();
        assertThat(new UseCaseEnded("orders.pay", SECOND, 9, null, StorageError.DEADLOCK).succeeded())
                .isFalse();
    }

    private static LockWait wait(Duration duration) {
        return new LockWait("orders.place", LockOrder.STOCK, "[1]", duration, true);
    }
}
