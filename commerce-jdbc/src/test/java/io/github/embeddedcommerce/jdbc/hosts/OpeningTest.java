package io.github.embeddedcommerce.jdbc.hosts;

import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.refused;
import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening a shop: by URL, on a pool of the host's, again, and where it cannot be. */
class OpeningTest {
    @Test
    @Tag("D1")
    void a_shop_in_a_file_survives_a_restart(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("shop");
        UserId ann = new UserId("ann");
        Order order;
        try (CommerceFacade shop = JdbcCommerce.open(url).build()) {
            Product mug = shop.products()
                    .register(NewProduct.of("Mug", "kitchen", won(5)).withOption("MUG", 3));
            shop.users().register(ann);
            shop.users().topUp(TopUp.of(ann, won(10)));
            order = shop.orders()
                    .place(PlaceOrder.by(ann).line(mug.option("MUG").id(), 2));
        }
        try (CommerceFacade shop = JdbcCommerce.open(url).build()) {
            assertThat(shop.orders().get(ann, order.id())).isEqualTo(order);
            assertThat(shop.orders().pay(PayOrder.by(ann, order.id())).remainingBalance())
                    .isEqualTo(won(0));
            assertThat(shop.jobs().audit().call().isClean()).isTrue();
        }
    }

    @Test
    @Tag("D1")
    @Tag("T5")
    void a_file_is_not_closed_by_an_interrupt_in_the_middle_of_a_transaction(@TempDir Path folder) {
        try (CommerceFacade shop =
                JdbcCommerce.open("jdbc:h2:file:" + folder.resolve("shop")).build()) {
            UserId ann = shop.users().register(new UserId("ann")).id();

            shop.inTransaction(joined -> {
                joined.users().topUp(TopUp.of(ann, won(1)));
                Thread.currentThread().interrupt();
                return joined.users().topUp(TopUp.of(ann, won(2)));
            });

            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            assertThat(shop.users().getBalance(ann)).isEqualTo(won(3));
        }
    }

    @Test
    @Tag("D1")
    void a_file_is_written_by_one_connection_however_many_threads_there_are(@TempDir Path folder) throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("shop");
        try (CommerceFacade shop = JdbcCommerce.open(url).poolSize(8).build();
                Connection observer = DriverManager.getConnection(url.replace("file:", "async:") + ";WRITE_DELAY=0");
                Statement statement = observer.createStatement()) {
            UserId ann = shop.users().register(new UserId("ann")).id();
            Together<?> charges = Together.each(
                    IntStream.range(0, 32).boxed().toList(), n -> shop.users().topUp(TopUp.of(ann, won(1))));

            assertThat(charges.results()).hasSize(32);
            assertThat(shop.users().getBalance(ann)).isEqualTo(won(32));
            assertThat(sessions(statement)).as("the observer and one more").isEqualTo(2);
        }
    }

    @Test
    @Tag("D1")
    void two_shops_in_memory_know_nothing_of_each_other() {
        try (CommerceFacade one = JdbcCommerce.open("jdbc:h2:mem:one").build();
                CommerceFacade two =
                        JdbcCommerce.open("jdbc:h2:mem:two").poolSize(2).build()) {
            one.users().register(new UserId("ann"));

            assertThat(two.users().find(new UserId("ann"))).isEmpty();
        }
    }

    @Test
    @Tag("D1")
    void a_pool_of_the_hosts_stays_open() {
        try (HikariDataSource pool = Database.pool("jdbc:h2:mem:" + UUID.randomUUID())) {
            JdbcCommerce.using(pool).build().close();

            assertThat(pool.isClosed()).isFalse();
            JdbcCommerce.using(pool).build().close();
        }
    }

    @Test
    @Tag("D1")
    void a_pool_of_its_own_is_closed_with_the_shop() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Connection observer = DriverManager.getConnection(url);
                Statement statement = observer.createStatement()) {
            CommerceFacade shop = JdbcCommerce.open(url).build();
            shop.users().register(new UserId("ann"));
            assertThat(sessions(statement)).isGreaterThan(1);

            shop.close();

            assertThat(sessions(statement)).as("the observer").isEqualTo(1);
        }
    }

    private static int sessions(Statement statement) throws SQLException {
        try (ResultSet sessions = statement.executeQuery("select count(*) from information_schema.sessions")) {
            sessions.next();
            return sessions.getInt(1);
        }
    }

    @Test
    @Tag("E2")
    void a_shop_is_not_opened_in_another_currency_than_it_is_kept_in() {
        try (HikariDataSource pool = Database.pool("jdbc:h2:mem:" + UUID.randomUUID())) {
            JdbcCommerce.using(pool).build().close();
            JdbcCommerce inDollars = JdbcCommerce.using(pool)
                    .settings(CommerceSettings.defaults().withCurrency(CurrencyUnit.USD));

            refused(ErrorCode.VALIDATION_ERROR, inDollars::build);
        }
    }

    @Test
    @Tag("E2")
    void a_url_that_no_driver_knows_is_refused() {
        refused(
                ErrorCode.VALIDATION_ERROR,
                () -> JdbcCommerce.open("jdbc:nonsense:shop").build());
        refused(ErrorCode.VALIDATION_ERROR, () -> JdbcCommerce.open(""));
        refused(
                ErrorCode.VALIDATION_ERROR,
                () -> JdbcCommerce.open("jdbc:h2:mem:x").poolSize(1));
    }

    @Test
    @Tag("E3")
    void a_database_that_cannot_be_reached_is_trouble_and_its_password_is_not_told() {
        assertThatThrownBy(() -> JdbcCommerce.open("jdbc:h2:tcp://localhost:1/shop;PASSWORD=secret")
                        .build())
                .isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.error()).isEqualTo(StorageError.CONNECTION_LOST);
                    assertThat(failure.getMessage()).contains("localhost").doesNotContain("secret");
                });
    }
}
