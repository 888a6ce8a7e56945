package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.MicrometerListener;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.user.UserId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Transactions that never begin, and those that end before their time. */
class BrokenOffTest extends ShopTest {
    @Test
    @Tag("E3")
    @Tag("T8")
    void a_pool_without_a_free_connection_is_trouble_that_changed_nothing_and_is_counted() throws SQLException {
        UserId ann = user("ann", 100);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (HikariDataSource small = Database.pool(pool.getJdbcUrl())) {
            small.setMaximumPoolSize(1);
            small.setConnectionTimeout(250);
            CommerceFacade theirs = JdbcCommerce.using(small)
                    .settings(IMPATIENT)
                    .withoutMigration()
                    .clock(clock)
                    .listener(new MicrometerListener(meters))
                    .build();
            try (Connection taken = small.getConnection()) {
                assertThat(taken.isValid(1)).isTrue();
                assertThatThrownBy(() -> theirs.users().charge(ann, won(1)))
                        .isInstanceOfSatisfying(StorageException.class, failure -> {
                            assertThat(failure.error()).isEqualTo(StorageError.CONNECTION_LOST);
                            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                        });
            }
            assertThat(theirs.users().charge(ann, won(1)).after()).isEqualTo(won(101));
        }

        assertThat(meters.get("commerce.transactions.broken")
                        .tags("use.case", "users.charge", "trouble", "connection_lost", "retried", "false")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("commerce.use.case")
                        .tags("use.case", "users.charge", "outcome", "failed", "reason", "connection_lost")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    @Tag("T6")
    void an_error_in_the_work_of_the_host_undoes_all_of_it() {
        UserId ann = user("ann", 100);

        assertThatThrownBy(() -> shop.inTransaction(joined -> {
                    joined.users().charge(ann, won(1));
                    throw new NoClassDefFoundError("a class of the host's");
                }))
                .isInstanceOf(NoClassDefFoundError.class);

        assertThat(shop.users().balance(ann)).isEqualTo(won(100));
    }

    @Test
    @Tag("T6")
    void inside_a_transaction_another_one_is_the_same_one() {
        UserId ann = user("ann", 100);

        assertThatThrownBy(() -> shop.inTransaction(outer -> {
                    outer.inTransaction(inner -> inner.users().charge(ann, won(1)));
                    assertThat(outer.users().balance(ann)).isEqualTo(won(101));
                    throw new IllegalStateException("after all not");
                }))
                .hasMessage("after all not");

        assertThat(shop.users().balance(ann)).isEqualTo(won(100));
    }
}
