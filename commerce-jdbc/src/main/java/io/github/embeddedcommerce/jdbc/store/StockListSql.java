package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.StockEntry;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.store.StockPlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stock of options in SQL, the lowest first: off the index by available units, the options of it by their keys. */
record StockListSql(SqlSession session) {
    List<StockEntry> list(StockQuery query, StockPlace after, int limit) {
        List<Object> parameters =
                new ArrayList<>(List.of(query.maxAvailable(), after.available(), after.available(), after.option()));
        StringBuilder where =
                new StringBuilder("s.available <= ? and s.available >= ? and (s.available > ? or s.option_id > ?)");
        if (query.product() != null) {
            where.append(" and s.option_id in (select o.id from <commerce>product_options o where o.product_id = ?)");
            parameters.add(query.product());
        }
        if (query.reference() != null) {
            where.append(" and s.option_id in (select o.id from <commerce>product_options o where o.reference = ?)");
            parameters.add(query.reference());
        }
        parameters.add(limit);
        List<StockEntry> entries = session.query(this::entry, """
                select l.option_id, l.on_hand, l.reserved, l.changed_at, o.product_id, p.name, o.sku, o.reference, o.reference_once
                from (
                  select s.option_id, s.on_hand, s.reserved, s.changed_at, s.available
                  from <commerce>stock s
                  where <where>
                  order by available, option_id
                  fetch first ? rows only) l
                join <commerce>product_options o on o.id = l.option_id
                join <commerce>products p on p.id = o.product_id
                order by l.available, l.option_id
                """.replace("<where>", where), parameters.toArray());
        return withAttributes(entries);
    }

    private StockEntry entry(ResultSet row) throws SQLException {
        StockLevel level = JdbcStockStore.level(row, session.rows());
        ProductOption option = new ProductOption(
                level.option(), row.getString(7), Map.of(), level.available(), RowReader.reference(row, 8, 9));
        return new StockEntry(new ProductId(row.getLong(5)), row.getString(6), option, level);
    }

    private List<StockEntry> withAttributes(List<StockEntry> entries) {
        if (entries.isEmpty()) {
            return entries;
        }
        List<OptionId> options =
                entries.stream().map(entry -> entry.level().option()).toList();
        Map<OptionId, Map<String, String>> attributes = ProductReader.byOption(session.query(
                ProductReader::attribute,
                "select option_id, name, text from <commerce>option_attributes"
                        + " where option_id in (?) order by option_id, position",
                options));
        return entries.stream()
                .map(entry -> new StockEntry(
                        entry.product(),
                        entry.productName(),
                        entry.option()
                                .with(attributes.getOrDefault(entry.level().option(), Map.of())),
                        entry.level()))
                .toList();
    }
}
