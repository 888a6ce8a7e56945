package io.github.embeddedcommerce.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.CommerceSchema;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of a shop, from nothing: wherever they are to be, whoever creates them, and whoever comes first. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.embeddedcommerce.jdbc.fixture.Database#tested")
@Tag("D2")
class CommerceSchemaTest {
    private static final UserId ANN = new UserId("ann");

    @Parameter
    Database database;

    @TempDir
    Path folder;

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
    void several_shops_live_in_one_database_and_know_nothing_of_each_other() {
        List<JdbcCommerce> places = List.of(
                shop(),
                shop().withPrefix("a_prefix_that_is_as_long_as_it"),
                shop().withPrefix("shop2_"),
                shop().inSchema(newSchema("shop1")),
                shop().inSchema(newSchema("shop2")));
        List<CommerceFacade> shops = places.stream().map(JdbcCommerce::build).toList();
        shops.get(0).users().register(ANN);
        shops.forEach(shop -> {
            assertThat(shop.users().find(ANN).isPresent()).isEqualTo(shop == shops.get(0));
        });
        shops.forEach(CommerceSchemaTest::sellAMug);
        places.forEach(place -> place.schema().verify());
    }

    @Test
    void a_host_that_migrates_first_keeps_its_tables_and_its_history() {
        migrateHost();
        sellAMug(shop().build());
        migrateHost();
        assertThat(text("select name from things")).isEqualTo("theirs");
    }

    @Test
    void a_host_that_migrates_last_is_not_in_the_way() {
        sellAMug(shop().build());
        migrateHost();
        sellAMug(shop().build());
        assertThat(text("select name from things")).isEqualTo("theirs");
    }

    @Test
    void a_host_can_apply_the_written_sql_as_a_migration_of_its_own() throws IOException {
        shop().schema().writeSql(folder.resolve("V2__shop.sql"));
        if (database == Database.MARIADB) {
            shop().inSchema(newSchema("shop1")).schema().writeSql(folder.resolve("V3__shop1.sql"));
        }
        migrateHost();

        sellAMug(shop().withoutMigration().build());
        sellAMug(shop().build()); // and the library can take over
        shop().schema().verify();
    }

    @Test
    void what_is_missing_is_named_with_what_to_do() throws IOException {
        refused(() -> shop().withoutMigration().build(), "lacks table ", "stock", "migrate()", "writeSql()");
        shop().build();
        shop().withoutMigration().build();
        String stock = Dialect.of(pool).usualTables().qualifier() + "stock_changes";
        run("alter table " + stock + " drop column changed_at");
        refused(() -> shop().withoutMigration().build(), "lacks column changed_at of table ", "stock_changes");
        run("drop table " + stock);
        refused(() -> shop().schema().verify(), "lacks table ", "stock_changes");
    }

    @Test
    void tables_of_another_version_are_refused_and_the_message_says_what_to_do() {
        shop().build();
        String shopTable = Dialect.of(pool).usualTables().qualifier() + "shop";
        run("update " + shopTable + " set version = " + (SchemaScripts.VERSION + 1));
        refused(() -> shop().build(), "of version 2", "version 1", "version of the library that upgraded them");
        refused(() -> shop().withoutMigration().build(), "version of the library that upgraded them");

        run("update " + shopTable + " set version = 0");
        refused(() -> shop().withoutMigration().build(), "of version 0", "call migrate()");
    }

    @Test
    void another_currency_is_refused_by_whoever_opens_the_shop() {
        shop().build();
        refused(
                () -> shop().settings(CommerceSettings.defaults().withCurrency(CurrencyUnit.USD))
                        .withoutMigration()
                        .build(),
                "currency must be KRW");
    }

    @Test
    @Tag("T7")
    void many_hosts_can_create_the_tables_at_once() {
        Together<String> all = Together.each(List.of(1, 2, 3, 4), n -> {
            shop().schema().migrate();
            return "migrated";
        });

        assertThat(all.results()).hasSize(4);
        sellAMug(shop().withoutMigration().build());
    }

    @Test
    void what_is_not_a_name_is_refused() {
        for (String name : new String[] {"", "Shop", "1shop", "shop;drop", "shop-1", "a".repeat(31), "sch\u00f6n"}) {
            refused(() -> shop().inSchema(name), "lower-case letter");
            refused(() -> shop().withPrefix(name), "lower-case letter");
        }
        refused(() -> shop().withPrefix("flyway_"), "history of the host's own migrations");
        refused(() -> JdbcCommerce.open("jdbc:h2:mem:x").schema(), "using(dataSource)");
    }

    @Test
    void a_database_that_says_no_is_trouble() {
        pool.close();
        assertThatThrownBy(() -> shop().build()).isInstanceOf(StorageException.class);
        pool = database.empty();
    }

    @Test
    void a_module_of_flyway_that_is_missing_is_named() throws IOException {
        Dialect dialect = Dialect.of(pool);
        try (URLClassLoader nothing = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            if (dialect == Dialect.H2) {
                dialect.requireFlywayModule(nothing);
            } else {
                refused(() -> dialect.requireFlywayModule(nothing), "add org.flywaydb:flyway-");
            }
        }
        dialect.requireFlywayModule(CommerceSchema.class.getClassLoader());
    }

    private JdbcCommerce shop() {
        return JdbcCommerce.using(pool);
    }

    /** MariaDB's schemas are databases, and not gone with the one of the test. */
    private String newSchema(String name) {
        return database == Database.MARIADB ? text("select concat(left(database(), 20), '_" + name + "')") : name;
    }

    private static void sellAMug(CommerceFacade shop) {
        String sku = "MUG" + System.nanoTime();
        Product mug =
                shop.products().register(NewProduct.of("Mug", "kitchen", won(5)).withOption(sku, 3));
        shop.users().register(ANN);
        shop.users().topUp(TopUp.of(ANN, won(10)));
        Order order =
                shop.orders().place(PlaceOrder.by(ANN).line(mug.option(sku).id(), 2));
        shop.orders().pay(PayOrder.by(ANN, order.id()));
        assertThat(shop.jobs().audit().call().violations()).isEmpty();
    }

    private static Money won(long amount) {
        return ShopTest.won(amount);
    }

    private void migrateHost() {
        try {
            Files.writeString(
                    folder.resolve("V1__things.sql"),
                    "create table things (name varchar(10) not null); insert into things values ('theirs');");
            Flyway.configure()
                    .dataSource(pool)
                    .locations("filesystem:" + folder)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
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

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CommerceException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
            assertThat(refusal.getMessage()).contains(words);
        });
    }
}
