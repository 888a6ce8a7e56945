package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Fills the library's tables as its use cases would, only faster: by batches. */
public final class Seed {
    private final Connection connection;
    private final Filling filling;
    private final Instant now;
    private final Instant opened;
    private final Sql sql;

    private Seed(Connection connection, Filling filling, Instant now) throws SQLException {
        this.connection = connection;
        this.filling = filling;
        this.now = now;
        this.opened = now.minus(OldOrders.AGE);
        this.sql = Sql.of(connection);
    }

    /** Fills empty tables as of this moment, on a connection with autocommit off. */
    public static Catalog fill(Connection connection, Filling filling, Instant now) throws SQLException {
        Seed seed = new Seed(connection, filling, now);
        seed.products();
        seed.users();
        seed.coupons();
        connection.commit();
        Catalog catalog = seed.catalog();
        new OrderRows(connection, catalog, now).expired(filling.readers() * Filling.ORDERS_A_READER, filling.readers());
        new OldOrders(connection, catalog, now).write(filling.oldOrders());
        return catalog;
    }

    private Catalog catalog() throws SQLException {
        return new Catalog(
                ids("products"),
                ids("product_options"),
                IntStream.range(0, filling.users()).mapToObj(Filling::user).toList(),
                sql.list(connection, sql.text("select id from #coupons where total is null"), row -> row.getLong(1)),
                sql.list(
                        connection,
                        sql.text("select id from #coupons where total is not null"),
                        row -> row.getLong(1)));
    }

    private List<Long> ids(String table) throws SQLException {
        return sql.list(connection, sql.text("select id from #" + table + " order by id"), row -> row.getLong(1));
    }

    private void products() throws SQLException {
        List<@Nullable Object[]> products = new ArrayList<>();
        for (int i = 0; i < filling.products(); i++) {
            products.add(new Object[] {
                "product " + i, "category " + i % 20, Filling.price(i), true, (long) Filling.OPTIONS_A_PRODUCT, opened
            });
        }
        batch("""
                insert into #products (name, description, category, price, on_sale, option_count, registered_at)
                values (?, '', ?, ?, ?, ?, ?)
                """, products);
        List<@Nullable Object[]> options = new ArrayList<>();
        for (Long product : ids("products")) {
            for (long position = 1; position <= Filling.OPTIONS_A_PRODUCT; position++) {
                options.add(new Object[] {product, position, Filling.sku(options.size())});
            }
        }
        batch("insert into #product_options (product_id, position, sku) values (?, ?, ?)", options);
        List<@Nullable Object[]> attributes = new ArrayList<>();
        List<@Nullable Object[]> levels = new ArrayList<>();
        List<@Nullable Object[]> changes = new ArrayList<>();
        for (Long option : ids("product_options")) {
            attributes.add(new Object[] {option, 1L, "color", "color " + option % 7});
            attributes.add(new Object[] {option, 2L, "size", "size " + option % 5});
            levels.add(new Object[] {option, Filling.STOCK, opened});
            changes.add(new Object[] {option, Filling.STOCK, opened});
        }
        batch("insert into #option_attributes (option_id, position, name, text) values (?, ?, ?, ?)", attributes);
        batch("insert into #stock (option_id, on_hand, reserved, changed_at) values (?, ?, 0, ?)", levels);
        batch("""
                insert into #stock_changes (option_id, quantity_before, quantity_after, kind, note, changed_at)
                values (?, 0, ?, 'INITIAL', '', ?)
                """, changes);
    }

    private void users() throws SQLException {
        List<@Nullable Object[]> users = new ArrayList<>();
        List<@Nullable Object[]> changes = new ArrayList<>();
        for (int i = 0; i < filling.users(); i++) {
            users.add(new Object[] {Filling.user(i), Filling.BALANCE, opened, opened});
            changes.add(new Object[] {Filling.user(i), Filling.BALANCE, Filling.BALANCE, opened});
        }
        batch("""
                insert into #users
                  (id, balance, changes, opening_number, opening_balance, opening_paid, opening_refunded, registered_at,
                   changed_at)
                values (?, ?, 1, 0, 0, 0, 0, ?, ?)
                """, users);
        batch("""
                insert into #balance_changes
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, changed_at)
                values (?, 1, 0, ?, ?, 'SYSTEM_CHARGE', '', '', ?)
                """, changes);
    }

    private void coupons() throws SQLException {
        Instant expiry = now.plus(Duration.ofDays(365));
        List<@Nullable Object[]> coupons = new ArrayList<>();
        for (int i = 0; i < 2 * filling.coupons(); i++) {
            Long total = i % 2 == 0 ? null : Long.valueOf(filling.users());
            coupons.add(new @Nullable Object[] {"coupon " + i, 10L, expiry, total, opened});
        }
        batch("""
                insert into #coupons (name, rate, expires_at, total, issued, created_at) values (?, ?, ?, ?, 0, ?)
                """, coupons);
    }

    private void batch(String statement, List<@Nullable Object[]> rows) throws SQLException {
        sql.batch(connection, sql.text(statement), rows);
    }
}
