package io.github.embeddedcommerce.jdbc;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.product.ProductStore;
import io.github.embeddedcommerce.product.ProductTexts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The catalog in SQL. */
final class JdbiProductStore implements ProductStore {
    interface Sql {
        @SqlUpdate("""
                insert into <commerce>products (name, description, category, price, on_sale, registered_at)
                values (:texts.name, :texts.description, :category, :price, :onSale, :registeredAt)
                """)
        @GetGeneratedKeys("id")
        ProductId insert(@BindMethods ProductDetails details, Instant registeredAt);

        @SqlBatch("insert into <commerce>product_options (product_id, sku) values (:product, :sku)")
        @GetGeneratedKeys("id")
        List<OptionId> insertOptions(ProductId product, @BindMethods List<NewOption> options);

        @SqlBatch("""
                insert into <commerce>option_attributes (option_id, position, name, text)
                values (:option, :position, :name, :text)
                """)
        void insertAttributes(@BindMethods List<AttributeRow> attributes);

        @SqlQuery("select sku from <commerce>product_options where sku in (<skus>)")
        Set<String> taken(@BindList Collection<String> skus);

        @SqlQuery("select * from <commerce>products where id = :id")
        Optional<Product> find(ProductId id);

        @SqlQuery("""
                select o.id, o.sku, s.on_hand - s.reserved as available
                from <commerce>product_options o join <commerce>stock s on s.option_id = o.id
                where o.product_id = :product
                order by o.id
                """)
        List<ProductOption> options(ProductId product);

        @SqlQuery("""
                select a.*
                from <commerce>option_attributes a join <commerce>product_options o on o.id = a.option_id
                where o.product_id = :product
                order by a.option_id, a.position
                """)
        List<AttributeRow> attributes(ProductId product);

        @SqlQuery("""
                select o.id as option_id, o.sku, p.*
                from <commerce>product_options o join <commerce>products p on p.id = o.product_id
                where o.id in (<options>)
                """)
        List<Offer> offers(@BindList Collection<OptionId> options);
    }

    /** Public because jdbi binds the methods of public classes only. */
    public record AttributeRow(OptionId option, int position, String name, String text) {}

    private final Sql sql;

    JdbiProductStore(Handle handle) {
        this.sql = handle.attach(Sql.class);
    }

    static void mapRows(Jdbi jdbi, Columns columns) {
        jdbi.registerRowMapper(ProductId.class, (row, context) -> new ProductId(row.getLong(1)));
        jdbi.registerRowMapper(OptionId.class, (row, context) -> new OptionId(row.getLong(1)));
        jdbi.registerRowMapper(
                Product.class,
                (row, context) -> new Product(
                        new ProductId(row.getLong("id")),
                        details(row, columns),
                        List.of(),
                        columns.instant(row, "registered_at")));
        jdbi.registerRowMapper(
                ProductOption.class,
                (row, context) -> new ProductOption(
                        new OptionId(row.getLong("id")), row.getString("sku"), Map.of(), row.getLong("available")));
        jdbi.registerRowMapper(
                AttributeRow.class,
                (row, context) -> new AttributeRow(
                        new OptionId(row.getLong("option_id")),
                        row.getInt("position"),
                        row.getString("name"),
                        row.getString("text")));
        jdbi.registerRowMapper(
                Offer.class,
                (row, context) -> new Offer(
                        new OptionId(row.getLong("option_id")),
                        row.getString("sku"),
                        new ProductId(row.getLong("id")),
                        details(row, columns)));
    }

    private static ProductDetails details(ResultSet row, Columns columns) throws SQLException {
        return new ProductDetails(
                new ProductTexts(row.getString("name"), row.getString("description")),
                row.getString("category"),
                columns.money(row, "price"),
                row.getBoolean("on_sale"));
    }

    @Override
    public ProductId insert(ProductDetails details, Instant registeredAt) {
        return sql.insert(details, registeredAt);
    }

    @Override
    public List<OptionId> insertOptions(ProductId product, List<NewOption> options) {
        List<OptionId> ids = sql.insertOptions(product, options);
        List<AttributeRow> attributes = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            OptionId option = ids.get(i);
            int position = 0;
            for (Map.Entry<String, String> entry : options.get(i).attributes().entrySet()) {
                attributes.add(new AttributeRow(option, ++position, entry.getKey(), entry.getValue()));
            }
        }
        if (!attributes.isEmpty()) {
            sql.insertAttributes(attributes);
        }
        return ids;
    }

    @Override
    public Set<String> taken(Collection<String> skus) {
        return sql.taken(skus);
    }

    @Override
    public Optional<Product> find(ProductId id) {
        return sql.find(id).map(product -> {
            Map<OptionId, List<AttributeRow>> attributes =
                    sql.attributes(id).stream().collect(groupingBy(AttributeRow::option));
            List<ProductOption> options = sql.options(id).stream()
                    .map(option -> with(attributes.getOrDefault(option.id(), List.of()), option))
                    .toList();
            return new Product(id, product.details(), options, product.registeredAt());
        });
    }

    @Override
    public Map<OptionId, Offer> offers(Collection<OptionId> options) {
        return sql.offers(options).stream().collect(toMap(Offer::option, Function.identity()));
    }

    private static ProductOption with(List<AttributeRow> rows, ProductOption option) {
        Map<String, String> attributes = new LinkedHashMap<>();
        rows.forEach(row -> attributes.put(row.name(), row.text()));
        return new ProductOption(option.id(), option.sku(), attributes, option.available());
    }
}
