package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page of a product. */
final class Products {
    private final Sql sql;
    private final String product;
    private final String options;
    private final String attributes;

    Products(Sql sql) {
        this.sql = sql;
        this.product = sql.text("""
                select name, description, category, price, on_sale from #products where id = ?
                """);
        this.options = sql.text("""
                select o.id, o.sku, s.on_hand - s.reserved
                from #product_options o join #stock s on s.option_id = o.id
                where o.product_id = ?
                order by o.position
                """);
        this.attributes = sql.text("""
                select a.option_id, a.name, a.text
                from #option_attributes a join #product_options o on o.id = a.option_id
                where o.product_id = ?
                order by a.option_id, a.position
                """);
    }

    /** What a page shows. */
    record Page(Head head, List<Option> options, Map<Long, Map<String, String>> attributes) {}

    /** A product. */
    record Head(String name, String description, String category, long price, boolean onSale) {}

    /** An option and what is available of it. */
    record Option(long id, String sku, long available) {}

    Page view(Connection connection, long id) throws SQLException {
        Head head = sql.one(
                connection,
                product,
                row -> new Head(
                        row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getBoolean(5)),
                id);
        List<Option> found =
                sql.list(connection, options, row -> new Option(row.getLong(1), row.getString(2), row.getLong(3)), id);
        Map<Long, Map<String, String>> described = new HashMap<>();
        sql.each(
                connection,
                attributes,
                row -> described
                        .computeIfAbsent(row.getLong(1), option -> new LinkedHashMap<>())
                        .merge(row.getString(2), row.getString(3), (old, same) -> same),
                id);
        return new Page(head, found, described);
    }
}
