package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A shop in a host whose transactions are those of Jakarta: within them the shop's rows and the host's are committed
 * together or not at all, and what would be lost is refused.
 */
@Tag("T6")
@Tag("T10")
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_MEMORY", "POSTGRESQL", "MARIADB"})
class JtaTransactionsTest extends ShopInAHost {
    private JtaHost host = nothing();
    private CommerceFacade within = nothing();

    @AfterEach
    void close() {
        host.close();
    }

    private void host(boolean autoCommit) throws Exception {
        host = new JtaHost(pool.getJdbcUrl(), autoCommit);
        within = host.within().settings(IMPATIENT).clock(clock).build();
    }

    private void place() {
        within.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_shop_and_the_host_commit_together_or_not_at_all(boolean autoCommit) throws Exception {
        host(autoCommit);

        host.required(() -> {
            place();
            host.note("rolled");
            host.persist("back");
            place();
            host.setRollbackOnly();
        });
        assertThatThrownBy(() -> host.required(() -> {
                    place();
                    throw new IllegalStateException("the host fails");
                }))
                .hasMessage("the host fails");
        assertThat(orders()).isZero();
        assertThat(host.notes()).isEmpty();

        host.required(() -> {
            host.persist("by JPA");
            place();
            host.note("by JDBC");
        });
        assertThat(orders()).isEqualTo(1);
        assertThat(host.notes()).containsExactly("by JDBC", "by JPA");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_a_transaction_nothing_is_written_and_nothing_is_lost(boolean autoCommit) throws Exception {
        host(autoCommit);
        Contents before = Contents.of(pool);

        refused(ErrorCode.VALIDATION_ERROR, () -> place());
        host.required(() -> host.notSupported(() -> refused(ErrorCode.VALIDATION_ERROR, () -> place())));

        assertThat(Contents.of(pool)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_that_can_only_be_rolled_back_is_joined_no_more(boolean autoCommit) throws Exception {
        host(autoCommit);

        host.required(() -> {
            host.setRollbackOnly();
            refused(ErrorCode.VALIDATION_ERROR, () -> place());
        });
        assertThat(orders()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_of_its_own_stays_when_the_outer_one_is_rolled_back(boolean autoCommit) throws Exception {
        host(autoCommit);
        OptionId cup = product("CUP", 1_000, 10).option("CUP").id();

        host.required(() -> {
            host.note("outer");
            place();
            host.requiresNew(() -> within.orders().place(PlaceOrder.by(ann).line(cup, 1)));
            host.setRollbackOnly();
        });

        assertThat(orders()).isEqualTo(1);
        assertThat(host.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("T4")
    void a_row_that_the_outer_transaction_holds_is_given_up_in_time(boolean autoCommit) throws Exception {
        host(autoCommit);

        host.required(() -> {
            host.execute(own("select * from <commerce>stock where option_id = " + mug.value() + " for update"));
            host.requiresNew(() -> {
                assertThatThrownBy(() -> place()).isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                    assertThat(failure.outcome()).isEqualTo(Outcome.MUST_ROLL_BACK);
                });
                host.setRollbackOnly();
            });
            place(); // here it is no other transaction's
        });
        assertThat(orders()).isEqualTo(1);
    }
}
