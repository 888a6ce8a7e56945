package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import io.github.embeddedcommerce.examples.benchmark.shop.Goods;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.Stocks.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Many products at once: a batch a table. A sku that is taken violates the unique key. */
final class Imports {
    private final Sql sql;
    private final Stocks stocks;
    private final String product;
    private final String option;
    private final String attribute;
    private final String level;
    private final String change;
    private final InList lock;
    private final String price;

    Imports(Sql sql, Stocks stocks) {
        this.sql = sql;
        this.stocks = stocks;
        this.product = sql.text("""
                insert into #products (name, description, category, price, on_sale, option_count, registered_at)
                values (?, '', ?, ?, true, 1, ?)
                """);
        this.option = sql.text("insert into #product_options (product_id, position, sku) values (?, 1, ?)");
        this.attribute =
                sql.text("insert into #option_attributes (option_id, position, name, text) values (?, ?, ?, ?)");
        this.level = sql.text("insert into #stock (option_id, on_hand, reserved, changed_at) values (?, ?, 0, ?)");
        this.change = sql.text("""
                insert into #stock_changes (option_id, quantity_before, quantity_after, kind, note, changed_at)
                values (?, ?, ?, ?, '', ?)
                """);
        this.lock = sql.inList("select id, price from #products where id in (?*) order by id for update");
        this.price = sql.text("update #products set price = ? where id = ?");
    }

    int register(Connection connection, List<Goods> goods, Instant now) throws SQLException {
        List<@Nullable Object[]> products = new ArrayList<>();
        goods.forEach(one -> products.add(new Object[] {one.name(), Goods.CATEGORY, one.price(), now}));
        List<Long> ids = sql.batchWithIds(connection, product, products);
        List<@Nullable Object[]> options = new ArrayList<>();
        goods.forEach(one -> options.add(new Object[] {ids.get(options.size()), one.sku()}));
        List<Long> optionIds = sql.batchWithIds(connection, option, options);
        List<@Nullable Object[]> attributes = new ArrayList<>();
        List<@Nullable Object[]> levels = new ArrayList<>();
        List<@Nullable Object[]> changes = new ArrayList<>();
        for (int i = 0; i < goods.size(); i++) {
            Long id = optionIds.get(i);
            Long stock = goods.get(i).stock();
            attributes.add(new Object[] {id, 1L, "color", Goods.COLOR});
            attributes.add(new Object[] {id, 2L, "size", Goods.SIZE});
            levels.add(new Object[] {id, stock, now});
            if (stock > 0) {
                changes.add(new Object[] {id, 0L, stock, "INITIAL", now});
            }
        }
        sql.batch(connection, attribute, attributes);
        sql.batch(connection, level, levels);
        sql.batch(connection, change, changes);
        return goods.size();
    }

    int changePrices(Connection connection, List<Long> products, long newPrice) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        sql.each(
                connection,
                lock.of(products.size()),
                row -> rows.add(new Object[] {newPrice, row.getLong(1)}),
                products.toArray());
        if (rows.size() != products.size()) {
            throw new IllegalStateException("some products are not there");
        }
        sql.batch(connection, price, rows);
        return rows.size();
    }

    int receive(Connection connection, List<Long> options, long quantity, Instant now) throws SQLException {
        SortedMap<Long, Long> quantities = new TreeMap<>();
        options.forEach(id -> quantities.put(id, quantity));
        List<@Nullable Object[]> changes = new ArrayList<>();
        for (Map.Entry<Long, Level> level : stocks.lock(connection, quantities).entrySet()) {
            long before = level.getValue().onHand();
            changes.add(new Object[] {level.getKey(), before, before + quantity, "RECEIPT", now});
        }
        if (changes.size() != options.size()) {
            throw new IllegalStateException("some options are not there");
        }
        stocks.change(connection, quantities, now);
        sql.batch(connection, change, changes);
        return changes.size();
    }
}
