package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Putting things into carts. A cart is changed under the lock of its user's row. */
final class Carts {
    private static final int MAX_ITEMS = 200;

    private final Sql sql;
    private final String lock;
    private final String items;
    private final String offer;
    private final String stock;
    private final String touch;
    private final String insertCart;
    private final String insertItem;
    private final String updateItem;

    Carts(Sql sql) {
        this.sql = sql;
        this.lock = sql.text("select balance from #users where id = ? for update");
        this.items = sql.text("select id, option_id, quantity from #cart_items where user_id = ? order by id");
        this.offer = sql.text("""
                select p.on_sale from #product_options o join #products p on p.id = o.product_id
                where o.id = ?
                """);
        this.stock = sql.text("select on_hand - reserved from #stock where option_id = ?");
        this.touch = sql.text("update #carts set touched_at = ? where user_id = ?");
        this.insertCart = sql.text("insert into #carts (user_id, touched_at) values (?, ?)");
        this.insertItem = sql.text("insert into #cart_items (user_id, option_id, quantity) values (?, ?, ?)");
        this.updateItem = sql.text("update #cart_items set quantity = ? where id = ? and user_id = ?");
    }

    private record Item(long id, long option, long quantity) {}

    long add(Connection connection, String user, long option, long quantity, Instant now) throws SQLException {
        sql.one(connection, lock, row -> row.getLong(1), user);
        List<Item> cart =
                sql.list(connection, items, row -> new Item(row.getLong(1), row.getLong(2), row.getLong(3)), user);
        Item present =
                cart.stream().filter(item -> item.option == option).findFirst().orElse(new Item(0, option, 0));
        long wanted = present.quantity + quantity;
        boolean onSale = sql.one(connection, offer, row -> row.getBoolean(1), option);
        long available = sql.one(connection, stock, row -> row.getLong(1), option);
        if (!onSale || wanted > available || cart.size() == MAX_ITEMS) {
            throw new IllegalStateException("option " + option + " cannot be put into the cart");
        }
        if (sql.update(connection, touch, now, user) == 0) {
            sql.updateOne(connection, insertCart, user, now);
        }
        if (present.id != 0) {
            sql.updateOne(connection, updateItem, wanted, present.id, user);
            return present.id;
        }
        Long id = sql.insert(connection, insertItem, user, option, wanted);
        return id == null ? 0 : id;
    }
}
