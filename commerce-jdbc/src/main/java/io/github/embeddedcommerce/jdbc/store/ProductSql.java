package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.OptionSales;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.product.ProductTexts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The catalog in SQL. Products are read without their options, which are read for all of them at once. */
public interface ProductSql {
    @SqlUpdate("update <commerce>products set option_count = option_count + :added where id = :product")
    int countOptions(ProductId product, int added);

    /** The product has counted them already, so the last of them stands at its count. */
    @SqlBatch("""
            insert into <commerce>product_options (product_id, position, sku)
            values (:product, (select option_count from <commerce>products where id = :product) - :toCome, :option.sku)
            """)
    @GetGeneratedKeys("id")
    List<OptionId> insertOptions(ProductId product, @BindMethods List<OptionPlace> options);

    @SqlBatch("""
            insert into <commerce>option_attributes (option_id, position, name, text)
            values (:option, :position, :name, :text)
            """)
    void insertAttributes(@BindMethods List<AttributeRow> attributes);

    @SqlQuery("select * from <commerce>products where id in (<ids>)")
    List<Product> find(@BindList Collection<ProductId> ids);

    @SqlQuery("""
            select p.*
            from <commerce>product_options o join <commerce>products p on p.id = o.product_id
            where o.sku = :sku
            """)
    List<Product> findBySku(String sku);

    @SqlQuery("""
            select * from <commerce>products
            where reference = :reference and id > :above
            order by id
            fetch first :limit rows only
            """)
    List<Product> referred(String reference, long above, int limit);

    /** What was cancelled or given back later was sold nevertheless. */
    @SqlQuery("""
            select l.option_id, sum(l.quantity) as units, sum(l.unit_price * l.quantity) as amount,
              sum(case when o.closed_at is null then l.returned else l.quantity end) as returned
            from <commerce>orders o <index orders_by_payment> join <commerce>order_lines l on l.order_id = o.id
            where o.paid_at >= :from and o.paid_at < :to and l.product_id = :product
            group by l.option_id
            """)
    List<OptionSales> sales(ProductId product, Instant from, Instant to);

    @SqlQuery("select * from <commerce>products where id > :id order by id fetch first :limit rows only")
    List<Product> after(long id, int limit);

    @SqlQuery("""
            select o.product_id, o.id, o.sku, o.reference, o.reference_once, s.on_hand - s.reserved as available
            from <commerce>product_options o join <commerce>stock s on s.option_id = o.id
            where o.product_id in (<products>)
            order by o.product_id, o.position
            """)
    List<OptionRow> options(@BindList Collection<ProductId> products);

    @SqlQuery("""
            select a.*
            from <commerce>option_attributes a join <commerce>product_options o on o.id = a.option_id
            where o.product_id in (<products>)
            order by a.option_id, a.position
            """)
    List<AttributeRow> attributes(@BindList Collection<ProductId> products);

    /**
     * The products on sale that come after {@code :key} and {@code :id} in the order of this query. It is ordered by
     * all columns of an index, those that are the same in every row included: only then does H2 read no more than the
     * page.
     */
    static String onSale(ProductQuery query, boolean exceptSome) {
        String after = switch (query.sort()) {
            case PRICE_UP -> """
                      and price >= :key and (price > :key or id > :id)
                    order by on_sale, <category>price, id""";
            case PRICE_DOWN -> """
                      and price <= :key and (price < :key or id < :id)
                    order by on_sale desc, <category>price desc, id desc""";
            case NEWEST -> """
                      and registered_at <= :key and (registered_at < :key or id < :id)
                    order by on_sale desc, <category>registered_at desc, id desc""";
            case MOST_POPULAR -> throw new IllegalArgumentException("popularity is not a column of products");
        };
        boolean all = query.category() == null;
        String category = query.sort() == ProductQuery.Sort.PRICE_UP ? "category, " : "category desc, ";
        return "select * from <commerce>products where on_sale = true"
                + (all ? "" : " and category = :category")
                + (exceptSome ? " and id not in (<except>)" : "")
                + after.replace("<category>", all ? "" : category)
                + " fetch first :limit rows only";
    }

    /** An option to be added, and how many come behind it. */
    record OptionPlace(NewOption option, int toCome) {}

    record AttributeRow(OptionId option, int position, String name, String text) {}

    record OptionRow(ProductId product, ProductOption option) {}

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(ProductId.class, (row, context) -> new ProductId(row.getLong(1)));
        jdbi.registerRowMapper(OptionId.class, (row, context) -> new OptionId(row.getLong(1)));
        jdbi.registerRowMapper(
                Product.class,
                (row, context) -> new Product(
                        new ProductId(row.getLong("id")),
                        details(row, columns),
                        List.of(),
                        columns.instant(row, "registered_at"),
                        RowReader.reference(row)));
        jdbi.registerRowMapper(
                OptionSales.class,
                (row, context) -> new OptionSales(
                        new OptionId(row.getLong("option_id")),
                        row.getLong("units"),
                        columns.money(row, "amount"),
                        row.getLong("returned")));
        jdbi.registerRowMapper(
                OptionRow.class,
                (row, context) -> new OptionRow(
                        new ProductId(row.getLong("product_id")),
                        new ProductOption(
                                new OptionId(row.getLong("id")),
                                row.getString("sku"),
                                Map.of(),
                                row.getLong("available"),
                                RowReader.reference(row))));
        jdbi.registerRowMapper(
                AttributeRow.class,
                (row, context) -> new AttributeRow(
                        new OptionId(row.getLong("option_id")),
                        row.getInt("position"),
                        row.getString("name"),
                        row.getString("text")));
    }

    static ProductDetails details(ResultSet row, RowReader columns) throws SQLException {
        return new ProductDetails(
                new ProductTexts(row.getString("name"), row.getString("description")),
                row.getString("category"),
                columns.money(row, "price"),
                row.getBoolean("on_sale"));
    }
}
