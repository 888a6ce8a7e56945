package io.github.embeddedcommerce.jdbc.store;

import static java.util.stream.Collectors.groupingBy;

import io.github.embeddedcommerce.jdbc.store.SqlSession.Query;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.product.ProductTexts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads products, and the options of all of them at once. Options are read before their attributes, so that an option
 * added meanwhile cannot be seen without any.
 */
record ProductReader(SqlSession session) {
    /** What a select of products begins with. */
    static final String PRODUCTS = """
            select p.id, p.name, p.description, p.category, p.price, p.on_sale, p.registered_at, p.reference,
              p.reference_once
            from <commerce>products p
            """;

    private static final String OPTIONS = """
            select o.product_id, o.id, o.sku, s.on_hand - s.reserved, o.reference, o.reference_once
            from <commerce>product_options o join <commerce>stock s on s.option_id = o.id
            where o.product_id in (?)
            order by o.product_id, o.position
            """;

    private static final String ATTRIBUTES = """
            select a.option_id, a.name, a.text
            from <commerce>option_attributes a join <commerce>product_options o on o.id = a.option_id
            where o.product_id in (?)
            order by a.option_id, a.position
            """;

    private record Option(ProductId product, ProductOption option) {}

    /** An attribute of an option. */
    record Attribute(OptionId option, String name, String text) {}

    /** These products, in any order; an unknown id is left out. */
    List<Product> find(Collection<ProductId> ids) {
        List<Product> products = new ArrayList<>();
        for (List<ProductId> part : StatementExecutor.parts(List.copyOf(ids))) {
            products.addAll(together(new Query<>(this::product, PRODUCTS + "where p.id in (?)", part), part));
        }
        return products;
    }

    /** Products that are selected by this, behind {@link #PRODUCTS}, in its order. */
    List<Product> select(String where, @Nullable Object... parameters) {
        List<Product> products = session.query(this::product, PRODUCTS + where, parameters);
        if (products.isEmpty()) {
            return products;
        }
        List<ProductId> ids = products.stream().map(Product::id).toList();
        return with(session.queryAll(List.of(options(ids), attributes(ids))), products);
    }

    @SuppressWarnings("unchecked") // the select has this mapper
    private List<Product> together(Query<Product> select, List<ProductId> ids) {
        List<List<?>> results = session.queryAll(List.of(select, options(ids), attributes(ids)));
        return with(results.subList(1, 3), (List<Product>) results.get(0));
    }

    private Query<Option> options(List<ProductId> products) {
        return new Query<>(ProductReader::option, OPTIONS, products);
    }

    private static Query<Attribute> attributes(List<ProductId> products) {
        return new Query<>(ProductReader::attribute, ATTRIBUTES, products);
    }

    @SuppressWarnings("unchecked") // each select has its mapper
    private static List<Product> with(List<List<?>> optionsAndAttributes, List<Product> products) {
        Map<ProductId, List<Option>> options =
                ((List<Option>) optionsAndAttributes.get(0)).stream().collect(groupingBy(Option::product));
        Map<OptionId, Map<String, String>> attributes = byOption((List<Attribute>) optionsAndAttributes.get(1));
        return products.stream()
                .map(product -> product.with(options.getOrDefault(product.id(), List.of()).stream()
                        .map(row -> row.option.with(attributes.getOrDefault(row.option.id(), Map.of())))
                        .toList()))
                .toList();
    }

    /** The attributes of each option, in the order in which they come. */
    static Map<OptionId, Map<String, String>> byOption(List<Attribute> attributes) {
        Map<OptionId, Map<String, String>> byOption = new HashMap<>();
        attributes.forEach(attribute -> byOption.computeIfAbsent(attribute.option, option -> new LinkedHashMap<>())
                .put(attribute.name, attribute.text));
        return byOption;
    }

    /** A row of an option's id, and the name and text of an attribute. */
    static Attribute attribute(ResultSet row) throws SQLException {
        return new Attribute(new OptionId(row.getLong(1)), row.getString(2), row.getString(3));
    }

    private static Option option(ResultSet row) throws SQLException {
        return new Option(
                new ProductId(row.getLong(1)),
                new ProductOption(
                        new OptionId(row.getLong(2)),
                        row.getString(3),
                        Map.of(),
                        row.getLong(4),
                        RowReader.reference(row, 5, 6)));
    }

    private Product product(ResultSet row) throws SQLException {
        return new Product(
                new ProductId(row.getLong(1)),
                details(row, 2, session.rows()),
                List.of(),
                session.rows().instant(row, 7),
                RowReader.reference(row, 8, 9));
    }

    /** Name, description, category, price and whether it is on sale, in five columns from this one on. */
    static ProductDetails details(ResultSet row, int from, RowReader columns) throws SQLException {
        return new ProductDetails(
                new ProductTexts(row.getString(from), row.getString(from + 1)),
                row.getString(from + 2),
                columns.money(row, from + 3),
                row.getBoolean(from + 4));
    }
}
