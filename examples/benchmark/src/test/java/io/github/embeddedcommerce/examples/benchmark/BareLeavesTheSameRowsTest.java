package io.github.embeddedcommerce.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.examples.benchmark.database.Database;
import io.github.embeddedcommerce.examples.benchmark.database.Server;
import io.github.embeddedcommerce.examples.benchmark.database.Servers;
import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import io.github.embeddedcommerce.examples.benchmark.shop.Goods;
import io.github.embeddedcommerce.examples.benchmark.shop.LibraryShop;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.BareShop;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.OrderRows;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.Seed;
import io.github.embeddedcommerce.testkit.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hand-written JDBC does all that the library does: after the same work, the same rows are in the same tables. */
class BareLeavesTheSameRowsTest {
    private static final Instant START = Instant.parse("2030-05-06T07:08:09.123456Z");
    private static final Filling FILLING = new Filling(3, 4, 2, 0);
    private static final Servers SERVERS = new Servers(Path.of("target", "servers"));

    @AfterAll
    static void stop() {
        SERVERS.close();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void after_the_same_work_the_same_rows_are_there(Server server) throws SQLException {
        Map<String, List<String>> byHand = rowsOfBare(server);
        Map<String, List<String>> byLibrary = rowsOfLibrary(server);
        assertThat(byHand.keySet()).hasSizeGreaterThan(15);
        byHand.forEach((table, rows) -> assertThat(rows).as(table).isEqualTo(byLibrary.get(table)));
        assertThat(byHand.keySet()).isEqualTo(byLibrary.keySet());
    }

    private static Map<String, List<String>> rowsOfBare(Server server) throws SQLException {
        Database database = SERVERS.newDatabase(server);
        SettableClock clock = new SettableClock(START);
        HikariDataSource pool = database.pool(2);
        LibraryShop.createTables(pool);
        try (Shop shop = new BareShop(pool, clock)) {
            work(shop, database, clock);
            assertThat(LibraryShop.violations(pool)).isZero();
            return rows(database);
        }
    }

    private static Map<String, List<String>> rowsOfLibrary(Server server) throws SQLException {
        Database database = SERVERS.newDatabase(server);
        SettableClock clock = new SettableClock(START);
        try (Shop shop = new LibraryShop(database.url(), 2, clock)) {
            work(shop, database, clock);
            return rows(database);
        }
    }

    /** One of each, and what makes a difference to each. */
    private static void work(Shop shop, Database database, SettableClock clock) throws SQLException {
        Catalog catalog;
        try (Connection connection = database.connect()) {
            catalog = Seed.fill(connection, FILLING, START);
            new OrderRows(connection, catalog, START).overdue(7);
        }
        String ann = catalog.users().get(0);
        String bob = catalog.users().get(1);
        long[] one = options(catalog, 4);
        long[] several = options(catalog, 9, 2, 9, 5);

        step(clock);
        shop.place(ann, several, null);
        long paid = shop.place(ann, several, null);
        long keyed = shop.place(bob, one, "a key");
        step(clock);
        shop.pay(ann, paid, null, null);
        shop.pay(bob, keyed, null, "another key");
        step(clock);
        long unlimited = shop.issue(ann, catalog.unlimited().get(0));
        long limited = shop.issue(ann, catalog.limited().get(1));
        shop.issue(bob, catalog.limited().get(1));
        long withCoupon = shop.place(ann, one, null);
        long withLimited = shop.place(ann, several, "a third key");
        step(clock);
        shop.pay(ann, withCoupon, unlimited, null);
        shop.pay(ann, withLimited, limited, "a fourth key");
        step(clock);
        shop.cancel(ann, paid);
        shop.cancel(ann, withLimited);
        step(clock);
        shop.topUp(bob, 5);
        shop.addToCart(bob, one[0], 2);
        step(clock);
        shop.addToCart(bob, one[0], 3);
        shop.addToCart(bob, several[0], 1);
        assertThat(shop.listOrders(ann)).isEqualTo(20);
        assertThat(shop.viewProduct(catalog.products().get(2))).isEqualTo(Filling.OPTIONS_A_PRODUCT);
        step(clock);
        assertThat(shop.expireOverdue()).isEqualTo(7);
        assertThat(shop.snapshot()).isEqualTo(1);
        step(clock);
        shop.registerAll(List.of(new Goods("Mug", 5, "A-MUG", 7), new Goods("Cup", 6, "B-CUP", 0)));
        step(clock);
        shop.changePrices(catalog.products().subList(1, 3), 77);
        shop.receiveAll(catalog.options().subList(3, 8), 9);
    }

    private static void step(SettableClock clock) {
        clock.advance(Duration.ofSeconds(3));
    }

    private static long[] options(Catalog catalog, int... numbers) {
        long[] options = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            options[i] = catalog.options().get(numbers[i]);
        }
        return options;
    }

    /** All rows of all tables of the shop. */
    private static Map<String, List<String>> rows(Database database) throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                rows.put(table, rows(statement, table));
            }
        }
        return rows;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found =
                connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                String schema = found.getString("TABLE_SCHEM");
                String name = found.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (name.startsWith("commerce_") && !name.contains("history")) {
                    tables.add(name);
                } else if ("commerce".equalsIgnoreCase(schema) && !name.contains("history")) {
                    tables.add("commerce." + name);
                }
            }
        }
        return tables;
    }

    private static List<String> rows(Statement statement, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("select * from " + table)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(found.getMetaData().getColumnLabel(column))
                            .append('=')
                            .append(found.getString(column))
                            .append(' ');
                }
                rows.add(row.toString());
            }
        }
        Collections.sort(rows);
        return rows;
    }
}
