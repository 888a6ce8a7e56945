package io.github.embeddedcommerce.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailingDataSourceTest {
    private static final CommerceSettings ONE_TRY = CommerceSettings.defaults()
            .withTransactionRetry(TransactionRetry.defaults().withTries(1));
    private static final Map<Dialect, String> PRODUCTS = Map.of(
            Dialect.H2, "H2", Dialect.POSTGRESQL, "PostgreSQL", Dialect.MARIADB, "MariaDB", Dialect.MYSQL, "MySQL");

    private final TestShop shop = TestShop.inMemory(ONE_TRY);
    private final FailingDataSource database = shop.database();
    private final CommerceFacade facade = shop.facade();
    private UserId ann = new UserId("ann");
    private OptionId mug = new OptionId(1);

    @BeforeEach
    void a_mug_and_a_user() {
        ann = shop.given().user("ann").withBalance(1_000_000).registered();
        mug = shop.given().product("MUG").stocked(1_000).option();
    }

    @AfterEach
    void the_books_are_in_order() {
        database.heal();
        shop.assertConsistent();
        shop.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whichever_statement_fails_the_call_has_changed_nothing_and_can_be_made_again(Fault fault) {
        Order order = facade.orders().place(PlaceOrder.by(ann).line(mug, 1));
        int failures = 0;
        boolean paid = false;
        while (!paid) {
            database.failAtStatement(failures + 1, fault);
            try {
                facade.orders().pay(PayOrder.by(ann, order.id()));
                paid = true;
            } catch (StorageException failure) {
                failures++;
                assertThat(failure.error().name()).isEqualTo(fault.name());
                assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                assertThat(database.isFailurePlanned()).isFalse();
                assertThat(facade.orders().get(ann, order.id()).paidAt()).isNull();
            }
        }
        assertThat(failures).isGreaterThan(3);
    }

    @Test
    void a_failure_that_a_call_does_not_come_to_is_still_planned_after_it() {
        database.failAtStatement(1_000, Fault.DEADLOCK);
        facade.users().topUp(TopUp.of(ann, won(1)));

        assertThat(database.isFailurePlanned()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void what_fails_once_is_overcome_by_the_library(Fault fault) {
        try (TestShop patient = TestShop.inMemory()) {
            UserId ben = patient.given().user("ben").registered();
            patient.database().failAtStatement(1, fault);

            patient.facade().users().topUp(TopUp.of(ben, won(5)));

            assertThat(patient.database().isFailurePlanned()).isFalse();
            assertThat(patient.facade().users().getBalance(ben)).isEqualTo(won(5));
        }
    }

    @ParameterizedTest
    @EnumSource(LostCommit.class)
    void a_commit_with_an_unknown_outcome_is_made_again_under_its_key_and_happens_once(LostCommit commit) {
        TopUp request = TopUp.of(ann, won(7)).withKey(IdempotencyKey.random());
        database.failAtCommit(commit);

        assertThatThrownBy(() -> facade.users().topUp(request)).isInstanceOfSatisfying(StorageException.class, lost -> {
            assertThat(lost.error()).isEqualTo(StorageError.CONNECTION_LOST);
            assertThat(lost.outcome()).isEqualTo(Outcome.UNKNOWN);
        });
        assertThat(facade.users().getBalance(ann))
                .isEqualTo(commit == LostCommit.WRITTEN ? won(1_000_007) : won(1_000_000));

        facade.users().topUp(request);
        assertThat(facade.users().getBalance(ann)).isEqualTo(won(1_000_007));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_fault_means_the_same_on_every_database(Fault fault) {
        assertThat(PRODUCTS.keySet()).containsExactlyInAnyOrder(Dialect.values());
        PRODUCTS.forEach((dialect, product) -> {
            SQLException thrown = fault.on(product);
            assertThat(dialect.errorOf(String.valueOf(thrown.getSQLState()), thrown.getErrorCode())
                            .name())
                    .isEqualTo(fault.name());
        });
    }

    @Test
    void a_connection_that_is_lost_stays_lost_and_another_works() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select 1")) {
            connection.setAutoCommit(false);
            assertThat(statement.getConnection()).isSameAs(connection);
            database.failAtStatement(1, Fault.CONNECTION_LOST);
            assertThatThrownBy(statement::executeQuery).hasMessageContaining("on demand");

            assertThatThrownBy(statement::executeQuery).hasMessageContaining("was lost");
            assertThatThrownBy(connection::commit).hasMessageContaining("was lost");
            assertThat(connection.isClosed()).isTrue();
            assertThat(connection.isValid(1)).isFalse();
        }
        try (Connection another = database.getConnection()) {
            assertThat(another.isValid(1)).isTrue();
        }
    }

    @Test
    void a_plan_is_taken_back() {
        assertThatThrownBy(() -> database.failAtStatement(0, Fault.DEADLOCK))
                .isInstanceOf(IllegalArgumentException.class);
        database.failAtStatement(1, Fault.DEADLOCK);
        database.failAtCommit(LostCommit.NOT_WRITTEN);
        database.heal();

        facade.users().topUp(TopUp.of(ann, won(1)));
    }

    @Test
    void what_it_is_asked_besides_is_answered_by_the_database_behind_it() throws SQLException {
        try (MemoryDatabase memory = new MemoryDatabase()) {
            FailingDataSource failing = new FailingDataSource(memory);
            failing.setLoginTimeout(3);
            failing.setLogWriter(null);

            assertThat(failing.getLoginTimeout()).isEqualTo(memory.getLoginTimeout());
            assertThat(failing.getLogWriter()).isNull();
            assertThat(failing.getParentLogger()).isSameAs(memory.getParentLogger());
            assertThat(failing.isWrapperFor(MemoryDatabase.class)).isTrue();
            assertThat(failing.unwrap(MemoryDatabase.class)).isSameAs(memory);
            assertThat(failing.isWrapperFor(Connection.class)).isFalse();
            assertThatThrownBy(() -> failing.unwrap(Connection.class)).isInstanceOf(SQLException.class);
        }
    }

    private static Money won(long amount) {
        return Money.ofMinor(CurrencyUnit.of("KRW"), amount);
    }
}
