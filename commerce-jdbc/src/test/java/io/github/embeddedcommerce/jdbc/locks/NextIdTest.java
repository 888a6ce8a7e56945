package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On MariaDB an {@code insert … select} keeps the table's next id locked until it ends. Whoever waits for it longer
 * than the lock wait of the settings is told that the id could not be read.
 */
@Tag("T4")
@Tag("E3")
class NextIdTest {
    /** It has the id of its first row, and takes five seconds to find that there is no second. */
    private static final String SLOW_INSERT = """
            insert into commerce_orders (user_id, status, total, discount, placed_at, pay_by, expires_at)
            select 'ann', 'PENDING', 0, 0, now(6), now(6) + interval 1 day, now(6) + interval 1 day
            from (select 1 as n union all select 2) rows_of_two
            where n = 1 or sleep(5) = 1
            """;

    private static final int INTERLEAVED = 2;

    private final List<BrokenTransaction> broken = new CopyOnWriteArrayList<>();

    @Test
    void an_order_is_placed_once_a_slow_insert_of_another_program_has_ended() throws Exception {
        try (HikariDataSource pool = Database.MARIADB.empty();
                CommerceFacade shop = impatient(pool);
                Connection other = pool.getConnection()) {
            UserId ann = shop.users().register(new UserId("ann")).id();
            OptionId mug = shop.products()
                    .register(NewProduct.of("Mug", "kitchen", Money.parse("KRW 1000"))
                            .withOption("MUG", 5))
                    .option("MUG")
                    .id();
            other.setAutoCommit(false);
            CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> insertSlowly(other));
            Order placed;
            try {
                awaitSleep(pool, slow);
                placed = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            } finally {
                slow.get(1, TimeUnit.MINUTES);
                other.rollback();
            }

            assertThat(shop.orders().get(ann, placed.id())).isEqualTo(placed);
            assertThat(broken.isEmpty()).isNotEqualTo(isLockedByInserts(other));
            assertThat(broken).allSatisfy(trouble -> {
                assertThat(trouble.useCase()).isEqualTo("orders.place");
                assertThat(trouble.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                assertThat(trouble.pause()).isNotNull();
            });
        }
    }

    private CommerceFacade impatient(HikariDataSource pool) {
        return JdbcCommerce.using(pool)
                .settings(CommerceSettings.defaults()
                        .withTransactionRetry(TransactionRetry.defaults()
                                .withLockWait(Duration.ofSeconds(1))
                                .withTotal(Duration.ofSeconds(20))))
                .listener(new CommerceListener() {
                    @Override
                    public void transactionBroken(BrokenTransaction trouble) {
                        broken.add(trouble);
                    }
                })
                .build();
    }

    /** MySQL is set so that an insert keeps no lock on the next id, and MariaDB can be. */
    private static boolean isLockedByInserts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select @@innodb_autoinc_lock_mode")) {
            row.next();
            return row.getInt(1) < INTERLEAVED;
        }
    }

    private static void insertSlowly(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SLOW_INSERT);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void awaitSleep(HikariDataSource pool, Future<?> slow) throws Exception {
        String query = "select 1 from information_schema.processlist where db = database() and state = 'User sleep'";
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            while (true) {
                if (slow.isDone()) {
                    slow.get();
                    throw new AssertionError("the slow insert was not slow");
                }
                try (ResultSet row = statement.executeQuery(query)) {
                    if (row.next()) {
                        return;
                    }
                }
            }
        }
    }
}
