package io.github.embeddedcommerce.examples.benchmark.measure;

import io.github.embeddedcommerce.examples.benchmark.database.Database;
import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.OrderRows;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.Seed;
import io.github.embeddedcommerce.examples.benchmark.shop.jpa.JpaShop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Puts rows into a contender's tables, before and between what is measured. */
public record Stocking(Database database, Shop shop) {
    private interface Rows<T> {
        T into(Connection connection) throws SQLException;
    }

    /** Fills an empty shop, and lets the server settle. */
    public Catalog fill(Filling filling) {
        Catalog catalog = shop instanceof JpaShop jpa
                ? jpa.fill(filling)
                : write(connection -> Seed.fill(connection, filling, now()));
        database.settle();
        return catalog;
    }

    /** Adds orders of one line that are overdue. */
    public void addOverdue(Catalog catalog, int orders) {
        if (shop instanceof JpaShop jpa) {
            jpa.addOverdue(catalog, orders);
        } else {
            write(connection -> {
                new OrderRows(connection, catalog, now()).overdue(orders);
                return orders;
            });
        }
    }

    /** Adds paid orders of so many lines. */
    public void addPaid(Catalog catalog, int orders, int linesEach) {
        if (shop instanceof JpaShop jpa) {
            jpa.addPaid(catalog, orders, linesEach);
        } else {
            write(connection -> {
                new OrderRows(connection, catalog, now()).paid(orders, linesEach);
                return orders;
            });
        }
    }

    /** Forgets the snapshots of popular products. */
    public void forgetSnapshots() {
        if (shop instanceof JpaShop jpa) {
            jpa.forgetSnapshots();
        } else {
            write(connection -> {
                OrderRows.forgetSnapshots(connection);
                return 0;
            });
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private <T> T write(Rows<T> rows) {
        try (Connection connection = database.connect()) {
            T written = rows.into(connection);
            connection.commit();
            return written;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
