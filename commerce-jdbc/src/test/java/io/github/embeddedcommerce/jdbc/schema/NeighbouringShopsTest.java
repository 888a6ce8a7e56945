package io.github.embeddedcommerce.jdbc.schema;

import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.won;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Shops that share a database with other shops, and with tables of other applications, whose names are much alike. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.embeddedcommerce.jdbc.fixture.Database#tested")
@Tag("D2")
class NeighbouringShopsTest {
    private static final UserId ANN = new UserId("ann");

    @Parameter
    Database database;

    private HikariDataSource pool = new HikariDataSource();

    @BeforeEach
    void an_empty_database() {
        pool = database.empty();
    }

    @AfterEach
    void no_connection_is_leaked() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        pool.close();
    }

    @Test
    void an_underscore_in_a_prefix_is_no_pattern() {
        liveTogether(prefixes("shop2", "shop_", "sh_p_", "shopx"));
    }

    @Test
    void an_underscore_in_the_name_of_a_schema_is_no_pattern() {
        liveTogether(Stream.of("eu1shop", "eu_shop", "e__shop")
                .map(name -> shop().inSchema(newSchema(name)))
                .toList());
    }

    @Test
    void tables_of_others_that_would_match_as_a_pattern_are_left_alone() {
        run("create table shop2schema_history (theirs int)");
        run("create table shop2shop (theirs int)");

        liveTogether(prefixes("shop_"));
    }

    @Test
    void a_schema_whose_name_differs_in_case_is_another_one() {
        String ours = newSchema("eu");
        String theirs = Dialect.of(pool) == Dialect.H2 ? ours : ours.replace("eu", "EU");
        String quote = database == Database.MARIADB ? "`" : "\"";
        String table = quote + theirs + quote + "." + quote + "shop" + quote;
        run("create schema " + quote + theirs + quote);
        run("create table " + table + " (id int, currency varchar(3), version int)");
        run("insert into " + table + " values (1, 'USD', 7)");

        liveTogether(List.of(shop().inSchema(ours)));
    }

    private JdbcCommerce shop() {
        return JdbcCommerce.using(pool);
    }

    private List<JdbcCommerce> prefixes(String... prefixes) {
        return Stream.of(prefixes).map(prefix -> shop().withPrefix(prefix)).toList();
    }

    /** Each is opened, used, and found complete and adding up in the end. */
    private static void liveTogether(List<JdbcCommerce> places) {
        List<CommerceFacade> shops = places.stream().map(JdbcCommerce::build).toList();
        for (CommerceFacade shop : shops) {
            assertThat(shop.users().find(ANN)).isEmpty();
            sellAMug(shop);
        }
        for (JdbcCommerce place : places) {
            place.schema().verify();
            CommerceFacade again = place.build();
            assertThat(again.users().getBalance(ANN)).isEqualTo(won(4));
            assertThat(again.jobs().audit().call().violations()).isEmpty();
        }
    }

    private static void sellAMug(CommerceFacade shop) {
        OptionId mug = shop.products()
                .register(NewProduct.of("Mug", "kitchen", won(3)).withOption("MUG", 5))
                .option("MUG")
                .id();
        shop.users().register(ANN);
        shop.users().topUp(TopUp.of(ANN, won(10)));
        shop.orders()
                .pay(PayOrder.by(
                        ANN,
                        shop.orders().place(PlaceOrder.by(ANN).line(mug, 2)).id()));
    }

    /** MariaDB's schemas are databases, and not gone with the one of the test. */
    private String newSchema(String name) {
        return database == Database.MARIADB ? text("select concat(left(database(), 18), '" + name + "')") : name;
    }

    private void run(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    private String text(String query) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }
}
