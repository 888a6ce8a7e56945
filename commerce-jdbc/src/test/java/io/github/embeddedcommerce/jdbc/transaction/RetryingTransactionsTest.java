package io.github.embeddedcommerce.jdbc.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.UseCases;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Transactions of our own: what becomes of failures, and several use cases in one. */
class RetryingTransactionsTest extends ShopTest {
    private static final TransactionRetry SHORT =
            new TransactionRetry(Duration.ofMillis(150), 2, Duration.ofSeconds(10));

    @Test
    @Tag("T4")
    @Tag("E3")
    void a_lock_that_does_not_come_free_is_named_when_the_wait_is_over() throws SQLException {
        UserId ann = user("ann", 100);
        CommerceFacade impatient = open(CommerceSettings.defaults().withTransactionRetry(SHORT));
        try (Connection holder = pool.getConnection()) {
            holder.setAutoCommit(false);
            lock(holder, "users", "id = 'ann'");

            assertThatThrownBy(() -> impatient.users().topUp(TopUp.of(ann, won(1))))
                    .isInstanceOfSatisfying(StorageException.class, failure -> {
                        assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                        assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                        assertThat(failure.getMessage()).contains("users.topUp", "USER [ann]");
                    });
            holder.rollback();
            holder.setAutoCommit(true);
        }
        assertThat(impatient.users().topUp(TopUp.of(ann, won(1))).after()).isEqualTo(won(101));
    }

    @Test
    @Tag("T3")
    @Tag("E3")
    void a_deadlock_with_the_host_is_recognised_and_the_use_cases_run_again() {
        UserId ann = user("ann", 100);
        UserId bob = user("bob", 100);
        AtomicInteger runs = new AtomicInteger();
        boolean takesTurns = database == Database.H2_IN_FILE; // one writes after the other, and so not in a circle
        Together<Integer> both = Together.each(List.of(List.of(ann, bob), List.of(bob, ann)), users -> {
            AtomicInteger mine = new AtomicInteger();
            shop.inTransaction(joined -> {
                joined.users().topUp(TopUp.of(users.get(0), won(1)));
                runs.incrementAndGet();
                if (mine.incrementAndGet() == 1 && !takesTurns) {
                    meet(runs);
                }
                return joined.users().topUp(TopUp.of(users.get(1), won(1)));
            });
            return mine.get();
        });

        assertThat(both.results()).hasSize(2);
        assertThat(both.results().stream().mapToInt(Integer::intValue).sum())
                .isBetween(takesTurns ? 2 : 3, takesTurns ? 2 : Integer.MAX_VALUE);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(102));
        assertThat(shop.users().get(bob).balance()).isEqualTo(won(102));
    }

    /** Until both hold their first lock. */
    private static void meet(AtomicInteger runs) {
        while (runs.get() < 2) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Tag("T6")
    void several_use_cases_in_one_transaction_happen_all_or_not_at_all() {
        UserId ann = user("ann", 100);

        assertThatThrownBy(() -> shop.inTransaction(joined -> {
                    joined.users().topUp(TopUp.of(ann, won(1)));
                    joined.users().register(new UserId("bob"));
                    throw new IllegalStateException("the host thinks better of it");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the host thinks better of it");
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(100));
        assertThat(shop.users().find(new UserId("bob"))).isEmpty();

        shop.inTransaction(joined -> {
            product(joined, "MUG");
            joined.users().register(new UserId("bob"));
            return joined.users().topUp(TopUp.of(ann, won(1)));
        });
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(101));
        assertThat(shop.users().find(new UserId("bob"))).isPresent();
    }

    @Test
    @Tag("T6")
    void a_refusal_that_is_caught_lets_the_transaction_go_on() {
        UserId ann = user("ann", 100);

        shop.inTransaction(joined -> {
            joined.users().topUp(TopUp.of(ann, won(1)));
            refused(ErrorCode.USER_NOT_FOUND, () -> joined.users().topUp(TopUp.of(new UserId("bob"), won(1))));
            return joined.users().topUp(TopUp.of(ann, won(1)));
        });

        assertThat(shop.users().get(ann).balance()).isEqualTo(won(102));
    }

    @Test
    @Tag("T6")
    @Tag("E3")
    void trouble_that_the_work_swallows_still_undoes_all_of_it() throws SQLException {
        UserId ann = user("ann", 100);
        user("bob", 0);
        CommerceFacade impatient = open(CommerceSettings.defaults().withTransactionRetry(SHORT));
        try (Connection holder = pool.getConnection()) {
            holder.setAutoCommit(false);
            lock(holder, "users", "id = 'bob'");
            assertThatThrownBy(() -> impatient.inTransaction(joined -> {
                        joined.users().topUp(TopUp.of(ann, won(1)));
                        assertThatThrownBy(() -> joined.users().topUp(TopUp.of(new UserId("bob"), won(1))))
                                .isInstanceOfSatisfying(
                                        StorageException.class,
                                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.MUST_ROLL_BACK));
                        return "swallowed";
                    }))
                    .isInstanceOfSatisfying(StorageException.class, failure -> {
                        assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                        assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                    });
            holder.rollback();
            holder.setAutoCommit(true);
        }
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(100));
    }

    @Test
    @Tag("T3")
    void a_database_of_the_hosts_that_fails_inside_the_work_is_not_taken_for_ours() {
        AtomicInteger runs = new AtomicInteger();
        RuntimeException theirs = new IllegalStateException(new SQLException("theirs", "40001", 1213));

        assertThatThrownBy(() -> shop.inTransaction(joined -> {
                    runs.incrementAndGet();
                    throw theirs;
                }))
                .isSameAs(theirs);
        assertThat(runs).hasValue(1);
    }

    @Test
    @Tag("T3")
    void an_interrupted_thread_is_not_kept_for_another_try() throws SQLException {
        UserId ann = user("ann", 100);
        CommerceFacade impatient = open(CommerceSettings.defaults()
                .withTransactionRetry(new TransactionRetry(Duration.ofMillis(100), 100, Duration.ofHours(1))));
        AtomicInteger runs = new AtomicInteger();
        try (Connection holder = pool.getConnection()) {
            holder.setAutoCommit(false);
            lock(holder, "users", "id = 'ann'");
            assertThatThrownBy(() -> impatient.inTransaction(joined -> {
                        runs.incrementAndGet();
                        assertThatThrownBy(() -> joined.users().topUp(TopUp.of(ann, won(1))))
                                .isInstanceOf(StorageException.class);
                        Thread.currentThread().interrupt();
                        return "interrupted";
                    }))
                    .isInstanceOf(StorageException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(runs).hasValue(1);
            holder.rollback();
            holder.setAutoCommit(true);
        }
    }

    @Test
    @Tag("T3")
    void a_unique_key_that_another_transaction_was_faster_at_is_decided_anew() {
        Together<String> registered = Together.each(List.of(1, 2, 3, 4, 5, 6, 7, 8), n -> {
            product(shop, "ONE");
            return "registered";
        });

        assertThat(registered.results()).hasSize(1);
        assertThat(registered.refusals()).hasSize(7).containsOnly(ErrorCode.VALIDATION_ERROR);
    }

    @Test
    @Tag("B1")
    void a_user_registered_by_many_at_once_is_registered_once() {
        UserId ann = new UserId("ann");
        Together<UserId> registered = Together.each(
                List.of(1, 2, 3, 4, 5, 6, 7, 8), n -> shop.users().register(ann).id());

        assertThat(registered.results()).hasSize(8).containsOnly(ann);
    }

    private static void product(UseCases joined, String sku) {
        joined.products().register(NewProduct.of(sku, "test", won(1)).withOption(sku, 1));
    }

    private void lock(Connection connection, String table, String where) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from "
                        + Dialect.of(pool).usualTables().qualifier() + table + " where " + where + " for update")) {
            assertThat(row.next()).isTrue();
        }
    }
}
