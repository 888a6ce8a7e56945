package io.github.embeddedcommerce.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.transaction.LockOrder;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Locks and writes that a mistake of ours would take in the wrong order, or that would miss their rows. */
class RowLocksTest {
    private final RowLocks locks = new RowLocks("orders.pay", Dialect.H2);

    @Test
    @Tag("T2")
    void locks_are_taken_in_the_one_order_and_in_no_other() {
        for (LockOrder first : LockOrder.values()) {
            for (LockOrder second : LockOrder.values()) {
                RowLocks fresh = new RowLocks("orders.pay", Dialect.H2);
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
        locks.take(LockOrder.ORDER, List.of(7), () -> "locked");
        assertThat(locks.inWords()).isEmpty();
        assertThatThrownBy(() -> locks.take(
                        LockOrder.USER, IntStream.range(100, 111).boxed().toList(), () -> {
                            throw new IllegalStateException(new SQLException("gave up", "HYT00", 50200));
                        }))
                .hasMessageContaining("gave up");
        assertThat(locks.inWords()).isEqualTo(", waiting for USER 11 rows, the first 100");
        assertThat(locks.waits()).extracting(LockWait::acquired).containsExactly(true, false);
        assertThat(locks.waits()).extracting(LockWait::rows).containsExactly("[7]", "11 rows, the first 100");
    }

    @Test
    @Tag("T8")
    void a_statement_that_failed_for_another_reason_waited_for_nothing() {
        assertThatThrownBy(() -> locks.take(LockOrder.USER, List.of(7), () -> {
                    throw new IllegalStateException(new SQLException("refused by a constraint", "23513", 23513));
                }))
                .hasMessageContaining("refused");
        assertThat(locks.inWords()).isEmpty();
        assertThat(locks.waits()).isEmpty();
    }

    @Test
    @Tag("T4")
    void a_wait_for_a_new_row_s_id_is_not_taken_for_one_for_the_rows_to_be_locked() {
        RowLocks onMariaDb = new RowLocks("orders.place", Dialect.MARIADB);
        SQLException noId = new SQLException("failed to read auto-increment value", "HY000", 1467);

        assertThatThrownBy(() -> onMariaDb.take(LockOrder.IDEMPOTENCY_KEY, List.of("ann k"), () -> {
                    throw new IllegalStateException(noId);
                }))
                .hasMessageContaining("auto-increment");

        assertThat(onMariaDb.inWords()).isEmpty();
        assertThat(onMariaDb.waits()).isEmpty();
        assertThat(SqlFailure.of(StorageError.LOCK_TIMEOUT, Outcome.NOTHING_CHANGED, "orders.place failed", noId))
                .hasMessage("orders.place failed: LOCK_TIMEOUT, waiting for the next id of a table");
    }

    @Test
    @Tag("T1")
    void a_write_that_missed_a_row_or_met_two_does_not_go_unnoticed() {
        assertThatCode(() -> UpdateCounts.each(new int[] {1, 1}, "stock")).doesNotThrowAnyException();
        assertThatIllegalStateException().isThrownBy(() -> UpdateCounts.each(new int[] {1, 0}, "stock"));
        assertThatIllegalStateException().isThrownBy(() -> UpdateCounts.each(new int[] {2, 1}, "stock"));
        assertThatCode(() -> UpdateCounts.all(2, 2, "stock")).doesNotThrowAnyException();
        assertThatIllegalStateException().isThrownBy(() -> UpdateCounts.all(1, 2, "stock"));
        assertThatIllegalStateException().isThrownBy(() -> UpdateCounts.all(3, 2, "stock"));
    }
}
