package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.order.PlaceOrder;
import java.util.List;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.xa.PGXADataSource;

/**
 * A shop with transactions of its own, given a data source that takes part in those of Jakarta: while one of these is
 * running it is refused with what to do, and the host's goes on.
 */
@Tag("T10")
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_MEMORY", "POSTGRESQL", "MARIADB"})
class OwnTransactionsInJtaTest extends ShopInAHost {
    private JtaHost host = nothing();

    @AfterEach
    void close() {
        host.close();
    }

    private void place(CommerceFacade using) {
        using.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void in_a_transaction_that_has_written_it_is_refused_and_the_host_goes_on(boolean autoCommit) throws Exception {
        host = new JtaHost(pool.getJdbcUrl(), autoCommit);
        CommerceFacade using = host.using().clock(clock).build();

        assertThatThrownBy(() -> host.required(() -> {
                    host.note("half done");
                    refused(ErrorCode.VALIDATION_ERROR, () -> place(using));
                    throw new IllegalStateException("the host fails");
                }))
                .hasMessage("the host fails");
        assertThat(host.notes()).isEmpty();

        host.required(() -> {
            host.note("one");
            refused(ErrorCode.VALIDATION_ERROR, () -> place(using));
            refused(ErrorCode.VALIDATION_ERROR, () -> using.users().getBalance(ann));
            host.persist("two");
        });
        assertThat(host.notes()).containsExactly("one", "two");
        assertThat(orders()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void in_a_transaction_that_has_just_begun_it_is_refused_with_what_to_do(boolean autoCommit) throws Exception {
        host = new JtaHost(pool.getJdbcUrl(), autoCommit);
        CommerceFacade using = host.using().clock(clock).build();

        host.required(() -> {
            assertThatThrownBy(() -> place(using)).hasMessageContainingAll("JTA", "JdbcCommerce.within");
            refused(ErrorCode.VALIDATION_ERROR, () -> using.users().getBalance(ann));
            host.note("after it");
        });

        assertThat(host.notes()).containsExactly("after it");
        assertThat(orders()).isZero();
    }

    @Test
    void on_a_data_source_of_xa_it_is_refused_and_the_host_goes_on() throws Exception {
        host = new JtaHost(pool.getJdbcUrl(), true, List.of(xa()));
        CommerceFacade using = host.using().clock(clock).build();

        host.required(() -> {
            refused(ErrorCode.VALIDATION_ERROR, () -> place(using));
            refused(ErrorCode.VALIDATION_ERROR, () -> host.using().build());
            host.note("one");
            refused(ErrorCode.VALIDATION_ERROR, () -> place(using));
            host.note("two");
        });
        assertThat(host.notes()).containsExactly("one", "two");
        assertThat(orders()).isZero();

        place(using);
        assertThat(orders()).isEqualTo(1);
    }

    private Class<? extends XADataSource> xa() {
        return switch (database) {
            case H2_IN_MEMORY, H2_IN_FILE -> JdbcDataSource.class;
            case POSTGRESQL -> PGXADataSource.class;
            case MARIADB -> MariaDbDataSource.class;
        };
    }

    /** With autocommit off, Agroal's connections to PostgreSQL are in a transaction when they are new. */
    @Test
    void outside_of_transactions_it_has_its_own() throws Exception {
        host = new JtaHost(pool.getJdbcUrl(), true);
        CommerceFacade using = host.using().clock(clock).build();

        place(using);
        host.required(() -> {
            host.note("rolled back");
            host.notSupported(() -> place(using));
            host.setRollbackOnly();
        });

        assertThat(orders()).isEqualTo(2);
        assertThat(host.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_is_not_opened_in_a_transaction(boolean autoCommit) throws Exception {
        host = new JtaHost(pool.getJdbcUrl(), autoCommit);
        Contents before = Contents.of(pool);

        host.required(() -> {
            refused(ErrorCode.VALIDATION_ERROR, () -> host.using().build());
            refused(ErrorCode.VALIDATION_ERROR, () -> host.using().schema().migrate());
            host.note("committed");
            refused(
                    ErrorCode.VALIDATION_ERROR,
                    () -> host.using().withoutMigration().build());
            refused(
                    ErrorCode.VALIDATION_ERROR,
                    () -> host.using().withPrefix("other_").schema().migrate());
        });

        assertThat(host.notes()).containsExactly("committed");
        host.required(() -> host.execute("delete from host_notes"));
        assertThat(Contents.of(pool)).isEqualTo(before);
    }
}
