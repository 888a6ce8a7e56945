package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.hosts.SpringHost.Manager;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A shop within Spring's transactions, on pools with autocommit on and off: the shop's rows and the host's are
 * committed together or not at all, and what would be lost is refused.
 */
@Tag("T6")
@Tag("T10")
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_MEMORY", "POSTGRESQL", "MARIADB"})
class SpringTransactionsTest extends ShopInAHost {
    private SpringHost host = nothing();
    private CommerceFacade within = nothing();

    @AfterEach
    void close() {
        host.close();
    }

    private void host(Manager manager, boolean autoCommit) {
        host = new SpringHost(manager, pool.getJdbcUrl(), autoCommit);
        within = host.within().settings(IMPATIENT).clock(clock).build();
    }

    private void place() {
        within.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    @ParameterizedTest
    @CsvSource({"JDBC, true", "JDBC, false", "JPA, true", "JPA, false"})
    void the_shop_and_the_host_commit_together_or_not_at_all(Manager manager, boolean autoCommit) {
        host(manager, autoCommit);

        host.required().executeWithoutResult(status -> {
            place();
            host.note("rolled back");
            place();
            status.setRollbackOnly();
        });
        assertThat(orders()).isZero();
        assertThat(host.notes()).isEmpty();

        host.required().executeWithoutResult(status -> {
            host.note("committed");
            place();
        });
        assertThat(orders()).isEqualTo(1);
        assertThat(host.notes()).containsExactly("committed");
    }

    @ParameterizedTest
    @CsvSource({"JDBC, true", "JDBC, false", "JPA, true", "JPA, false"})
    void without_a_transaction_nothing_is_written_and_nothing_is_lost(Manager manager, boolean autoCommit) {
        host(manager, autoCommit);
        Contents before = Contents.of(pool);

        refused(ErrorCode.VALIDATION_ERROR, this::place);
        host.propagation(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(status -> {
            host.sql().queryForList("select id from host_notes"); // the connection stays with the thread
            refused(ErrorCode.VALIDATION_ERROR, this::place);
        });
        host.required()
                .executeWithoutResult(outer -> host.propagation(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                        .executeWithoutResult(status -> refused(ErrorCode.VALIDATION_ERROR, this::place)));

        assertThat(Contents.of(pool)).isEqualTo(before);
    }

    @Test
    void with_autocommit_off_and_no_word_on_transactions_every_call_is_refused_with_what_to_say() {
        host(Manager.JDBC, false);
        CommerceFacade silent = JdbcCommerce.within(host.aware()).clock(clock).build();

        assertThatThrownBy(() -> silent.orders().place(PlaceOrder.by(ann).line(mug, 1)))
                .hasMessageContaining("inTransactionWhen");
        host.required()
                .executeWithoutResult(status -> assertThatThrownBy(
                                () -> silent.orders().place(PlaceOrder.by(ann).line(mug, 1)))
                        .hasMessageContaining("inTransactionWhen"));
        assertThat(orders()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_data_source_that_knows_no_transactions_is_refused(boolean autoCommit) {
        host(Manager.JDBC, autoCommit);
        CommerceFacade wrong = JdbcCommerce.within(host.pool)
                .inTransactionWhen(TransactionSynchronizationManager::isActualTransactionActive)
                .clock(clock)
                .build();

        host.required()
                .executeWithoutResult(status -> refused(
                        ErrorCode.VALIDATION_ERROR,
                        () -> wrong.orders().place(PlaceOrder.by(ann).line(mug, 1))));
        assertThat(orders()).isZero();
    }

    @Test
    void a_shop_that_is_opened_within_a_transaction_knows_no_less() {
        host(Manager.JDBC, true);

        host.required().executeWithoutResult(status -> {
            within = host.within().clock(clock).build();
            place();
        });
        refused(ErrorCode.VALIDATION_ERROR, this::place);
        assertThat(orders()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_of_another_manager_is_none_of_this_pool(boolean autoCommit) {
        host(Manager.JDBC, autoCommit);
        TransactionTemplate mandatory = host.propagation(TransactionDefinition.PROPAGATION_MANDATORY);
        within = JdbcCommerce.within(host.aware())
                .inTransactionWhen(() -> Objects.requireNonNull(mandatory.execute(status -> true)))
                .clock(clock)
                .build();
        TransactionTemplate others = new TransactionTemplate(new DataSourceTransactionManager(pool));

        others.executeWithoutResult(
                status -> assertThatThrownBy(this::place).isInstanceOf(IllegalTransactionStateException.class));
        assertThat(orders()).isZero();

        host.required().executeWithoutResult(status -> place());
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void a_transaction_of_another_manager_is_seen_by_autocommit_as_well() {
        host(Manager.JDBC, true);
        TransactionTemplate others = new TransactionTemplate(new DataSourceTransactionManager(pool));

        others.executeWithoutResult(status -> {
            host.sql().queryForList("select id from host_notes");
            refused(ErrorCode.VALIDATION_ERROR, this::place);
        });
        assertThat(orders()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"JDBC, true", "JDBC, false", "JPA, true", "JPA, false"})
    void a_transaction_of_its_own_stays_when_the_outer_one_is_rolled_back(Manager manager, boolean autoCommit) {
        host(manager, autoCommit);
        OptionId cup = product("CUP", 1_000, 10).option("CUP").id();

        host.required().executeWithoutResult(outer -> {
            host.note("outer");
            place();
            host.requiresNew()
                    .executeWithoutResult(
                            inner -> within.orders().place(PlaceOrder.by(ann).line(cup, 1)));
            outer.setRollbackOnly();
        });

        assertThat(orders()).isEqualTo(1);
        assertThat(host.notes()).isEmpty();
    }

    @Test
    void what_is_rolled_back_to_a_savepoint_takes_the_shop_with_it() {
        host(Manager.JDBC, true);

        host.required().executeWithoutResult(outer -> {
            place();
            host.propagation(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(nested -> {
                place();
                nested.setRollbackOnly();
            });
            place();
        });

        assertThat(orders()).isEqualTo(2);
    }

    @Test
    @Tag("T4")
    void a_row_that_the_outer_transaction_holds_is_given_up_in_time() {
        host(Manager.JDBC, true);

        host.required().executeWithoutResult(outer -> {
            host.sql().queryForList(own("select * from <commerce>stock where option_id = ? for update"), mug.value());
            host.requiresNew().executeWithoutResult(inner -> {
                assertThatThrownBy(this::place).isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                    assertThat(failure.outcome()).isEqualTo(Outcome.MUST_ROLL_BACK);
                    assertThat(failure).hasMessageContaining("STOCK");
                });
                inner.setRollbackOnly();
            });
            place(); // here it is no other transaction's
        });
        assertThat(orders()).isEqualTo(1);
    }

    /** H2 takes read-only for a hint, and would commit what is written; a pool of HikariCP remembers it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_read_only_transaction_reads_and_refuses_to_write(boolean autoCommit) {
        host(Manager.JDBC, autoCommit);
        TransactionTemplate readOnly = host.required();
        readOnly.setReadOnly(true);

        readOnly.executeWithoutResult(
                status -> assertThat(within.users().getBalance(ann)).isEqualTo(won(50_000)));
        readOnly.executeWithoutResult(status -> {
            assertReadOnly(this::place);
            status.setRollbackOnly();
        });
        readOnly.executeWithoutResult(status -> {
            assertReadOnly(() -> within.users().register(new UserId("bob")));
            status.setRollbackOnly();
        });
        readOnly.executeWithoutResult(status -> {
            assertReadOnly(() -> within.carts().remove(ann, new CartItemId(1)));
            status.setRollbackOnly();
        });
        assertThat(orders()).isZero();
        assertThat(shop.users().find(new UserId("bob"))).isEmpty();

        host.required().executeWithoutResult(status -> place());
        assertThat(orders()).isEqualTo(1);
    }

    private static void assertReadOnly(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StorageException.class, failure -> {
            assertThat(failure.error()).isEqualTo(StorageError.READ_ONLY);
            assertThat(failure).hasMessageContaining("read-only: hand in one that can be written to");
        });
    }

    @Test
    void a_shop_that_is_closed_joins_no_more_and_says_so() {
        host(Manager.JDBC, true);
        within.close();

        host.required()
                .executeWithoutResult(status -> assertThatThrownBy(this::place)
                        .isInstanceOfSatisfying(StorageException.class, failure -> {
                            assertThat(failure.error()).isEqualTo(StorageError.SHOP_CLOSED);
                            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                        }));
    }
}
