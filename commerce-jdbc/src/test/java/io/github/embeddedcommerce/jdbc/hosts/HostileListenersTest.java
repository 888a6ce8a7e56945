package io.github.embeddedcommerce.jdbc.hosts;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.jdbc.fixture.HostileFailures.thrown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.LockWaitAlert;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.HostileFailures;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a host's listeners, its work and its clock throw, a call comes to its right end. */
class HostileListenersTest extends ShopTest {
    private final List<String> told = new ArrayList<>();
    private final CommerceListener listening = new CommerceListener() {
        @Override
        public void useCaseEnded(UseCaseEnded ended) {
            told.add(ended.useCase() + (ended.succeeded() ? "" : " " + ended.refusal() + " " + ended.error()));
        }

        @Override
        public void lockWaited(LockWait wait) {
            told.add("waited");
        }

        @Override
        public void transactionBroken(BrokenTransaction broken) {
            told.add("broken");
        }
    };
    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");

    @BeforeEach
    void a_buyer_and_a_mug() {
        mug = product("MUG", 100, 1_000).option("MUG").id();
        ann = user("ann", 1_000);
    }

    /** It throws this whatever it is told. */
    private record Throwing(Throwable failure) implements CommerceListener {
        @Override
        public void useCaseEnded(UseCaseEnded ended) {
            throw thrown(failure);
        }

        @Override
        public void lockWaited(LockWait wait) {
            throw thrown(failure);
        }

        @Override
        public void transactionBroken(BrokenTransaction broken) {
            throw thrown(failure);
        }

        @Override
        public String toString() {
            throw thrown(failure);
        }
    }

    @Test
    @Tag("T8")
    void whatever_a_listener_throws_the_answer_is_returned_and_the_next_listener_is_told() {
        for (Throwable failure : HostileFailures.all()) {
            CommerceFacade watched = watched(new Throwing(failure));
            told.clear();

            assertThat(watched.orders().place(PlaceOrder.by(ann).line(mug, 1)).status())
                    .isEqualTo(OrderStatus.PENDING);
            refused(
                    INSUFFICIENT_STOCK,
                    () -> watched.orders().place(PlaceOrder.by(ann).line(mug, 10_000)));
            assertThat(told).contains("waited", "orders.place", "orders.place INSUFFICIENT_STOCK null");
        }
    }

    @Test
    @Tag("T8")
    void in_a_transaction_of_several_use_cases_too() {
        for (Throwable failure : HostileFailures.all()) {
            CommerceFacade watched = watched(new Throwing(failure));
            told.clear();

            assertThat(watched.inTransaction(joined -> joined.users().topUp(TopUp.of(ann, won(1))))
                            .movement()
                            .code())
                    .isEqualTo(BalanceCode.SYSTEM_CHARGE);
            assertThat(told).containsExactly("waited", "users.topUp", "inTransaction");
        }
    }

    @Test
    @Tag("T6")
    @Tag("T8")
    void in_a_transaction_of_the_hosts_too() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            for (Throwable failure : HostileFailures.all()) {
                CommerceFacade joining = JdbcCommerce.joining(connection)
                        .clock(clock)
                        .listener(new Throwing(failure))
                        .listener(listening)
                        .build();
                told.clear();

                joining.users().topUp(TopUp.of(ann, won(1)));
                assertThat(told).containsExactly("waited", "users.topUp");
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        assertThat(shop.users().getBalance(ann))
                .isEqualTo(won(1_000 + HostileFailures.all().size()));
    }

    @Test
    @Tag("T8")
    void an_alert_that_throws_hides_neither_the_wait_nor_why_it_was_given_up() {
        for (Throwable failure : List.of(new StackOverflowError("too deep"), new IOException("undeclared"))) {
            CommerceFacade impatient = JdbcCommerce.using(pool)
                    .settings(IMPATIENT)
                    .clock(clock)
                    .listener(new LockWaitAlert(Duration.ZERO, wait -> {
                        throw thrown(failure);
                    }))
                    .listener(new Throwing(failure))
                    .listener(listening)
                    .build();
            told.clear();

            whileLocked(
                    "users where id = 'ann'",
                    () -> assertThatThrownBy(() -> impatient.users().topUp(TopUp.of(ann, won(1))))
                            .isInstanceOfSatisfying(
                                    StorageException.class,
                                    given -> assertThat(given.error()).isEqualTo(StorageError.LOCK_TIMEOUT)));
            assertThat(told).containsExactly("waited", "broken", "users.topUp null LOCK_TIMEOUT");
        }
    }

    @Test
    @Tag("T8")
    void an_interrupt_that_a_listener_throws_is_kept_for_the_caller() {
        CommerceFacade watched = watched(new Throwing(new InterruptedException("stop")));

        assertThat(watched.users().getBalance(ann)).isEqualTo(won(1_000));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @Tag("T6")
    void whatever_the_work_of_a_transaction_throws_it_is_thrown_as_it_is_and_nothing_has_changed() {
        for (Throwable failure : HostileFailures.all()) {
            told.clear();

            assertThatThrownByIdentity(
                    failure,
                    () -> watched().inTransaction(joined -> {
                        joined.users().topUp(TopUp.of(ann, won(1)));
                        throw thrown(failure);
                    }));
            assertThat(told).containsExactly("waited", "users.topUp", "inTransaction null OTHER");
            assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_000));
        }
    }

    @Test
    @Tag("T6")
    @Tag("E3")
    void what_broke_a_transaction_is_told_even_if_the_work_throws_something_undeclared_about_it() {
        CommerceFacade impatient =
                JdbcCommerce.using(pool).settings(IMPATIENT).clock(clock).build();

        whileLocked(
                "users where id = 'ann'",
                () -> assertThatThrownBy(() -> impatient.inTransaction(joined -> {
                            try {
                                return joined.users().topUp(TopUp.of(ann, won(1)));
                            } catch (StorageException failure) {
                                throw thrown(new IOException("in other words", failure));
                            }
                        }))
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                failure -> assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT)));
    }

    @Test
    @Tag("T6")
    @Tag("E3")
    void a_use_case_that_an_error_broke_off_breaks_its_transaction_even_if_the_work_catches_it() {
        BreakingClock breaking = new BreakingClock();
        CommerceFacade opened = JdbcCommerce.using(pool).clock(breaking).build();

        assertThatThrownBy(() -> opened.inTransaction(joined -> {
                    joined.users().topUp(TopUp.of(ann, won(1)));
                    breaking.broken = true;
                    try {
                        joined.users().topUp(TopUp.of(ann, won(1)));
                    } catch (StackOverflowError error) {
                        told.add("caught");
                    }
                    return 1;
                }))
                .isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.outcome()).isEqualTo(Outcome.MUST_ROLL_BACK);
                    assertThat(failure.getMessage()).contains("users.topUp", "no time");
                });
        assertThat(told).containsExactly("caught");
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_000));
    }

    private static final class BreakingClock extends Clock {
        private boolean broken;

        @Override
        public Instant instant() {
            if (broken) {
                throw new StackOverflowError("no time");
            }
            return Instant.parse("2026-03-01T12:00:00Z");
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static void assertThatThrownByIdentity(Throwable failure, Runnable call) {
        Throwable caught = null;
        try {
            call.run();
        } catch (Throwable any) {
            caught = any;
        }
        assertThat(caught == failure).isTrue(); // it cannot be asked anything
    }

    private CommerceFacade watched(CommerceListener... first) {
        JdbcCommerce opening = JdbcCommerce.using(pool).clock(clock);
        for (CommerceListener listener : first) {
            opening = opening.listener(listener);
        }
        return opening.listener(listening).build();
    }
}
