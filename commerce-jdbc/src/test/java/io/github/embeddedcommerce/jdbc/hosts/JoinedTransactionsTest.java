package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Use cases that join a transaction of the host's: on a connection handled by hand, and in Spring. */
@Tag("T6")
class JoinedTransactionsTest extends ShopTest {
    private static final UserId BOB = new UserId("bob");

    private UserId ann = BOB;
    private OptionId mug = new OptionId(1);

    @BeforeEach
    void a_mug_for_sale() {
        ann = user("ann", 1_000);
        mug = product("MUG", 100, 10).option("MUG").id();
    }

    /** What a host does with a connection: begins, works, and commits or not. */
    private interface Work {
        void on(Connection connection, CommerceFacade joined) throws SQLException;
    }

    private void inHostTransaction(boolean commit, Work work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            CommerceFacade joined = JdbcCommerce.joining(UntouchableConnection.of(connection))
                    .clock(clock)
                    .build();
            work.on(connection, joined);
            joined.close();
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /**
     * One of every kind: they lock users before orders and stock before users, which within one use case is refused.
     */
    private Order purchase(CommerceFacade joined) {
        product(joined, "CUP");
        joined.users().register(BOB);
        joined.users().topUp(TopUp.of(BOB, won(500)));
        Order order = joined.orders().place(PlaceOrder.by(BOB).line(mug, 2));
        joined.orders().pay(PayOrder.by(BOB, order.id()));
        joined.orders()
                .cancel(CancelOrder.by(
                        BOB,
                        joined.orders().place(PlaceOrder.by(BOB).line(mug, 3)).id()));
        Order pending = joined.orders().place(PlaceOrder.by(BOB).line(mug, 1));
        joined.users().topUp(TopUp.of(ann, won(1)));
        clock.advance(Duration.ofMinutes(10));
        assertThat(joined.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        assertThat(joined.jobs().audit().call().violations()).isEmpty();
        return joined.orders().get(BOB, pending.id());
    }

    private static void product(CommerceFacade joined, String sku) {
        joined.products().register(NewProduct.of(sku, "test", won(1)).withOption(sku, 1));
    }

    @Test
    void a_rollback_of_the_host_leaves_nothing() {
        Contents before = Contents.of(pool);

        inHostTransaction(false, (connection, joined) -> purchase(joined));

        assertThat(Contents.of(pool)).isEqualTo(before);
    }

    @Test
    void a_commit_of_the_host_keeps_all_of_it_with_what_the_host_wrote() {
        String users = Dialect.of(pool).usualTables().qualifier() + "users";
        inHostTransaction(true, (connection, joined) -> {
            purchase(joined);
            try (Statement own = connection.createStatement();
                    ResultSet row = own.executeQuery("select balance from " + users + " where id = 'bob'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong(1)).isEqualTo(300);
            }
        });

        assertThat(shop.users().get(BOB).balance()).isEqualTo(won(300));
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(1_001));
    }

    @Test
    void a_refusal_that_the_host_catches_leaves_nothing_behind_and_the_host_may_commit() {
        Contents before = Contents.of(pool);
        inHostTransaction(true, (connection, joined) -> {
            refused(
                    ErrorCode.INSUFFICIENT_STOCK,
                    () -> joined.orders().place(PlaceOrder.by(ann).line(mug, 11)));
            refused(
                    ErrorCode.USER_NOT_FOUND,
                    () -> joined.orders().place(PlaceOrder.by(BOB).line(mug, 1)));
            refused(ErrorCode.USER_NOT_FOUND, () -> joined.users().topUp(TopUp.of(BOB, won(1))));
            refused(ErrorCode.VALIDATION_ERROR, () -> product(joined, "MUG"));
        });
        assertThat(Contents.of(pool)).isEqualTo(before);

        inHostTransaction(true, (connection, joined) -> {
            refused(
                    ErrorCode.INSUFFICIENT_STOCK,
                    () -> joined.orders().place(PlaceOrder.by(ann).line(mug, 11)));
            joined.users().topUp(TopUp.of(ann, won(1)));
        });
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(1_001));
    }

    @Test
    void registering_a_user_who_is_there_does_not_end_the_transaction() {
        inHostTransaction(true, (connection, joined) -> {
            assertThat(joined.users().register(ann).balance()).isEqualTo(won(1_000));
            joined.users().topUp(TopUp.of(ann, won(1)));
        });
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(1_001));
    }

    @Test
    void use_cases_in_one_transaction_of_the_shops_own_facade_join_as_well() {
        inHostTransaction(false, (connection, joined) -> {
            joined.inTransaction(together -> together.users().topUp(TopUp.of(ann, won(1))));
            assertThat(joined.users().get(ann).balance()).isEqualTo(won(1_001));
        });
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(1_000));
    }

    @Test
    @Tag("E3")
    @Tag("T4")
    void trouble_is_told_once_and_says_that_the_host_must_roll_back() throws SQLException {
        try (Connection holder = pool.getConnection()) {
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.executeQuery("select * from "
                        + Dialect.of(pool).usualTables().qualifier() + "users where id = 'ann' for update");
            }
            inHostTransaction(false, (connection, joined) -> {
                boundWaits(connection);
                assertThatThrownBy(() -> joined.users().topUp(TopUp.of(ann, won(1))))
                        .isInstanceOfSatisfying(StorageException.class, failure -> {
                            assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                            assertThat(failure.outcome()).isEqualTo(Outcome.MUST_ROLL_BACK);
                            assertThat(failure.getMessage()).contains("USER [ann]");
                        });
            });
            holder.rollback();
            holder.setAutoCommit(true);
        }
    }

    @Test
    @Tag("T10")
    void trouble_that_the_work_swallows_reaches_the_host_all_the_same() {
        whileLocked(
                "users where id = 'ann'",
                () -> inHostTransaction(false, (connection, joined) -> {
                    boundWaits(connection);
                    assertThatThrownBy(() -> joined.inTransaction(shop -> {
                                try {
                                    return Optional.of(shop.users().topUp(TopUp.of(ann, won(1))));
                                } catch (StorageException swallowed) {
                                    return Optional.empty();
                                }
                            }))
                            .isInstanceOfSatisfying(
                                    StorageException.class,
                                    failure -> assertThat(failure.outcome()).isEqualTo(Outcome.MUST_ROLL_BACK));
                }));
    }

    /** For as long as the connection lasts, so no other test may have it. */
    private void boundWaits(Connection connection) throws SQLException {
        database.spoil();
        try (Statement bound = connection.createStatement()) {
            bound.execute(Dialect.of(pool).sessionSetup(Duration.ofMillis(100)).orElse("set lock_timeout = 100"));
        }
    }

    @Test
    void without_a_transaction_nothing_is_joined() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            CommerceFacade joined = JdbcCommerce.joining(connection).build();
            refused(ErrorCode.VALIDATION_ERROR, () -> joined.users().topUp(TopUp.of(ann, won(1))));
            assertThat(connection.isClosed()).isFalse();
        }
        CommerceFacade within = JdbcCommerce.within(pool).build();
        refused(ErrorCode.VALIDATION_ERROR, () -> within.users().topUp(TopUp.of(ann, won(1))));
    }

    @Test
    @Tag("T1")
    void an_isolation_in_which_decisions_could_rest_on_an_old_picture_is_refused() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            CommerceFacade joined =
                    JdbcCommerce.joining(connection).clock(clock).build();
            if (Dialect.of(pool) == Dialect.POSTGRESQL) {
                joined.users().topUp(TopUp.of(ann, won(1))); // PostgreSQL would break it off if the picture were old
            } else {
                refused(ErrorCode.VALIDATION_ERROR, () -> joined.users().topUp(TopUp.of(ann, won(1))));
            }
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    @Tag("E3")
    void a_connection_that_is_closed_is_trouble() throws SQLException {
        Connection connection = DriverManager.getConnection(pool.getJdbcUrl());
        connection.setAutoCommit(false);
        CommerceFacade joined = JdbcCommerce.joining(connection).build();
        connection.close();

        assertThatThrownBy(() -> joined.users().topUp(TopUp.of(ann, won(1)))).isInstanceOf(StorageException.class);
    }

    @Test
    void in_spring_the_shop_and_the_host_commit_together_or_not_at_all() {
        DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
        TransactionTemplate transactions = new TransactionTemplate(manager);
        transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        JdbcTemplate hosts = new JdbcTemplate(pool);
        String users = Dialect.of(pool).usualTables().qualifier() + "users";
        CommerceFacade within = JdbcCommerce.within(new TransactionAwareDataSourceProxy(pool))
                .clock(clock)
                .build();
        Contents before = Contents.of(pool);

        transactions.executeWithoutResult(status -> {
            purchase(within);
            assertThat(hosts.queryForObject("select balance from " + users + " where id = 'bob'", Long.class))
                    .isEqualTo(300);
            status.setRollbackOnly();
        });
        assertThat(Contents.of(pool)).isEqualTo(before);

        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    within.users().topUp(TopUp.of(ann, won(1)));
                    within.users().topUp(TopUp.of(BOB, won(1)));
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(Contents.of(pool)).isEqualTo(before);

        transactions.executeWithoutResult(status -> purchase(within));
        assertThat(shop.users().get(BOB).balance()).isEqualTo(won(300));

        refused(ErrorCode.VALIDATION_ERROR, () -> within.users().get(ann));
    }
}
