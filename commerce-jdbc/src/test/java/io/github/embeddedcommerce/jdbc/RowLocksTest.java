package io.github.embeddedcommerce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.transaction.Resource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Locks and writes that a mistake of ours would take in the wrong order, or that would miss their rows. */
class RowLocksTest {
    private final RowLocks locks = new RowLocks("orders.pay");

    @Test
    @Tag("T2")
    void locks_are_taken_in_the_one_order_and_in_no_other() {
        for (Resource first : Resource.values()) {
            for (Resource second : Resource.values()) {
                RowLocks fresh = new RowLocks("orders.pay");
                fresh.take(first, List.of(1), () -> "locked");
                if (second.compareTo(first) < 0) {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> fresh.take(second, List.of(2), () -> "locked"))
                            .withMessageContaining(second + " after " + first);
                } else {
                    assertThatCode(() -> fresh.take(second, List.of(2), () -> "locked"))
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    @Tag("T4")
    void only_the_lock_that_was_not_taken_is_named_as_waited_for() {
        locks.take(Resource.ORDER, List.of(7), () -> "locked");
        assertThat(locks.inWords()).isEmpty();
        assertThatThrownBy(() -> locks.take(
                        Resource.USER, IntStream.range(100, 111).boxed().toList(), () -> {
                            throw new IllegalArgumentException("gave up");
                        }))
                .hasMessage("gave up");
        assertThat(locks.inWords()).isEqualTo(", waiting for USER 11 rows, the first 100");
        assertThat(locks.waits()).extracting(LockWait::acquired).containsExactly(true, false);
        assertThat(locks.waits()).extracting(LockWait::rows).containsExactly("[7]", "11 rows, the first 100");
    }

    @Test
    @Tag("T1")
    void a_write_that_missed_a_row_or_met_two_does_not_go_unnoticed() {
        assertThatCode(() -> Rows.each(new int[] {1, 1}, "stock")).doesNotThrowAnyException();
        assertThatIllegalStateException().isThrownBy(() -> Rows.each(new int[] {1, 0}, "stock"));
        assertThatIllegalStateException().isThrownBy(() -> Rows.each(new int[] {2, 1}, "stock"));
        assertThatCode(() -> Rows.all(2, 2, "stock")).doesNotThrowAnyException();
        assertThatIllegalStateException().isThrownBy(() -> Rows.all(1, 2, "stock"));
        assertThatIllegalStateException().isThrownBy(() -> Rows.all(3, 2, "stock"));
    }
}
