package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.hosts.SpringHost.Manager;
import io.github.embeddedcommerce.order.PlaceOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A shop with transactions of its own, called while one of Spring's is running: it never ends that, whichever data
 * source it was given.
 */
@Tag("T10")
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_MEMORY", "POSTGRESQL", "MARIADB"})
class OwnTransactionsInSpringTest extends ShopInAHost {
    private SpringHost host = nothing();

    @AfterEach
    void close() {
        host.close();
    }

    private void host(Manager manager, boolean autoCommit) {
        host = new SpringHost(manager, pool.getJdbcUrl(), autoCommit);
    }

    private void place(CommerceFacade using) {
        using.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    @ParameterizedTest
    @CsvSource({"JDBC, true", "JDBC, false", "JPA, true", "JPA, false"})
    void on_the_connection_of_a_transaction_it_is_refused_and_the_host_goes_on(Manager manager, boolean autoCommit) {
        host(manager, autoCommit);
        CommerceFacade using = JdbcCommerce.using(host.aware()).clock(clock).build();

        assertThatThrownBy(() -> host.required().executeWithoutResult(status -> {
                    host.note("half done");
                    refused(ErrorCode.VALIDATION_ERROR, () -> place(using));
                    throw new IllegalStateException("the host fails");
                }))
                .hasMessage("the host fails");
        assertThat(host.notes()).isEmpty();

        host.required().executeWithoutResult(status -> {
            host.note("one");
            refused(ErrorCode.VALIDATION_ERROR, () -> place(using));
            refused(ErrorCode.VALIDATION_ERROR, () -> using.users().getBalance(ann));
            host.note("two");
        });
        assertThat(host.notes()).containsExactly("one", "two");
        assertThat(orders()).isZero();

        place(using);
        assertThat(orders()).isEqualTo(1);
    }

    /** Nothing has been done in it yet, so nothing of the host's can be committed, on a pool with autocommit off. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void in_a_transaction_that_has_just_begun_nothing_of_the_hosts_is_committed(boolean autoCommit) {
        host(Manager.JDBC, autoCommit);
        CommerceFacade using = JdbcCommerce.using(host.aware()).clock(clock).build();

        host.required().executeWithoutResult(status -> {
            if (autoCommit) {
                refused(ErrorCode.VALIDATION_ERROR, () -> place(using));
            } else {
                place(using);
            }
            host.note("after it");
            refused(ErrorCode.VALIDATION_ERROR, () -> place(using));
            status.setRollbackOnly();
        });

        assertThat(host.notes()).isEmpty();
        assertThat(orders()).isEqualTo(autoCommit ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void on_the_pool_itself_it_has_a_connection_of_its_own(boolean autoCommit) {
        host(Manager.JDBC, autoCommit);
        CommerceFacade using = JdbcCommerce.using(host.pool).clock(clock).build();

        host.required().executeWithoutResult(status -> {
            host.note("rolled back");
            place(using);
            status.setRollbackOnly();
        });

        assertThat(host.notes()).isEmpty();
        assertThat(orders()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_is_not_opened_on_the_connection_of_a_transaction(boolean autoCommit) {
        host(Manager.JDBC, autoCommit);
        Contents before = Contents.of(pool);

        host.required().executeWithoutResult(status -> {
            host.note("rolled back");
            refused(
                    ErrorCode.VALIDATION_ERROR,
                    () -> JdbcCommerce.using(host.aware()).build());
            refused(
                    ErrorCode.VALIDATION_ERROR,
                    () -> JdbcCommerce.using(host.aware()).schema().verify());
            status.setRollbackOnly();
        });
        host.required().executeWithoutResult(status -> {
            host.note("committed");
            refused(
                    ErrorCode.VALIDATION_ERROR,
                    () -> JdbcCommerce.using(host.aware()).withoutMigration().build());
        });

        assertThat(host.notes()).containsExactly("committed");
        host.required().executeWithoutResult(status -> host.sql().update("delete from host_notes"));
        assertThat(Contents.of(pool)).isEqualTo(before);
    }
}
