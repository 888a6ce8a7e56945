package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static io.github.embeddedcommerce.transaction.LockOrder.PRODUCT;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.jdbc.store.ProductSql.AttributeRow;
import io.github.embeddedcommerce.jdbc.store.ProductSql.OptionPlace;
import io.github.embeddedcommerce.jdbc.store.ProductSql.OptionRow;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.OptionSales;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import io.github.embeddedcommerce.product.ProductTexts;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.store.ProductPlace;
import io.github.embeddedcommerce.store.ProductStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The catalog as the port wants it; its SQL is in {@link ProductSql}. */
final class JdbiProductStore implements ProductStore {
    private static final int MOST_IN_A_LIST = 1_000;

    private static final String OFFERS = """
            select o.id, o.sku, p.id, p.name, p.description, p.category, p.price, p.on_sale
            from <commerce>product_options o join <commerce>products p on p.id = o.product_id
            where o.id in (?)
            """;

    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T00:00:00Z");

    private final StoreConnection connection;
    private final SqlSession session;
    private final RowLocks locks;
    private @Nullable ProductSql sql;

    JdbiProductStore(StoreConnection connection, SqlSession session, RowLocks locks) {
        this.connection = connection;
        this.session = session;
        this.locks = locks;
    }

    private ProductSql sql() {
        session.flush();
        if (sql == null) {
            sql = connection.jdbi().attach(ProductSql.class);
        }
        return sql;
    }

    @Override
    public List<Product> insert(List<NewProduct> products, Instant registeredAt) {
        return new NewProductRows(session).insert(products, registeredAt);
    }

    @Override
    public List<OptionId> insertOptions(ProductId product, List<NewOption> options) {
        UpdateCounts.each(new int[] {sql().countOptions(product, options.size())}, "products");
        List<OptionId> ids = insertInOrderOfSku(product, options);
        List<AttributeRow> attributes = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            OptionId option = ids.get(i);
            int position = 0;
            for (Map.Entry<String, String> entry : options.get(i).attributes().entrySet()) {
                attributes.add(new AttributeRow(option, ++position, entry.getKey(), entry.getValue()));
            }
        }
        if (!attributes.isEmpty()) {
            sql().insertAttributes(attributes);
        }
        return ids;
    }

    /** Two who add the same skus would otherwise wait for each other in a circle, each behind the other's insert. */
    private List<OptionId> insertInOrderOfSku(ProductId product, List<NewOption> options) {
        List<OptionPlace> places = new ArrayList<>();
        for (NewOption option : options) {
            places.add(new OptionPlace(option, options.size() - places.size() - 1));
        }
        places.sort(comparing(place -> place.option().sku()));
        Map<String, OptionId> ids = new HashMap<>();
        for (OptionId id : sql().insertOptions(product, places)) {
            ids.put(places.get(ids.size()).option().sku(), id);
        }
        return options.stream()
                .map(option -> requireNonNull(ids.get(option.sku())))
                .toList();
    }

    @Override
    public Set<String> taken(Collection<String> skus) {
        return Set.copyOf(session.queryInParts(
                row -> row.getString(1), "select sku from <commerce>product_options where sku in (?)", skus));
    }

    @Override
    public Optional<Product> find(ProductId id) {
        return withOptions(sql().find(Set.of(id))).stream().findFirst();
    }

    @Override
    public Optional<Product> findBySku(String sku) {
        return withOptions(sql().findBySku(sku)).stream().findFirst();
    }

    @Override
    public List<Product> referred(String reference, long above, int limit) {
        return withOptions(sql().referred(reference, above, limit));
    }

    @Override
    public Map<String, ProductId> holders(Collection<String> uniqueReferences) {
        return new ReferenceSql(session, "products").holders(uniqueReferences, ProductId::new);
    }

    @Override
    public Map<String, OptionId> optionHolders(Collection<String> uniqueReferences) {
        return new ReferenceSql(session, "product_options").holders(uniqueReferences, OptionId::new);
    }

    @Override
    public void refer(Map<ProductId, Reference> references) {
        new ReferenceSql(session, "products").write(references);
    }

    @Override
    public void referOptions(Map<OptionId, Reference> references) {
        new ReferenceSql(session, "product_options").write(references);
    }

    @Override
    public List<OptionSales> sales(ProductId product, TimeRange range) {
        return sql().sales(
                        product,
                        Objects.requireNonNullElse(range.from(), Instant.EPOCH),
                        Objects.requireNonNullElse(range.to(), LAST_INSTANT));
    }

    @Override
    public Map<ProductId, Product> lock(Collection<ProductId> ids) {
        Set<ProductId> inOrder = new TreeSet<>(ids);
        List<ProductId> locked = locks.take(
                PRODUCT,
                inOrder,
                () -> session.queryInParts(
                        row -> new ProductId(row.getLong(1)),
                        "select id from <commerce>products where id in (?) order by id for update",
                        inOrder));
        Map<ProductId, Product> products = new HashMap<>();
        for (int from = 0; from < locked.size(); from += MOST_IN_A_LIST) {
            List<ProductId> part = locked.subList(from, Math.min(locked.size(), from + MOST_IN_A_LIST));
            withOptions(sql().find(part)).forEach(product -> products.put(product.id(), product));
        }
        return products;
    }

    @Override
    public Map<ProductId, ProductDetails> lockDetails(Collection<ProductId> ids) {
        Set<ProductId> inOrder = new TreeSet<>(ids);
        Map<ProductId, ProductDetails> locked = new HashMap<>();
        locks.take(
                        PRODUCT,
                        inOrder,
                        () -> session.queryInParts(
                                row -> Map.entry(
                                        new ProductId(row.getLong("id")), ProductSql.details(row, session.rows())),
                                """
                        select id, name, description, category, price, on_sale from <commerce>products
                        where id in (?)
                        order by id
                        for update
                        """,
                                inOrder))
                .forEach(product -> locked.put(product.getKey(), product.getValue()));
        return locked;
    }

    @Override
    public List<Product> after(long id, int limit) {
        return withOptions(sql().after(id, limit));
    }

    @Override
    public void write(Map<ProductId, ProductDetails> products) {
        session.updateLater("products", """
                update <commerce>products
                set name = ?, description = ?, category = ?, price = ?, on_sale = ?
                where id = ?
                """, rows(products.entrySet(), product -> new Object[] {
            product.getValue().texts().name(),
            product.getValue().texts().description(),
            product.getValue().category(),
            product.getValue().price(),
            product.getValue().onSale(),
            product.getKey()
        }));
    }

    @Override
    public List<Product> onSale(ProductQuery query, ProductPlace after, Set<ProductId> except, int limit) {
        session.flush();
        try (Query select = connection.jdbi().createQuery(ProductSql.onSale(query, !except.isEmpty()))) {
            if (query.sort() == Sort.NEWEST) {
                select.bind("key", after.registeredAt());
            } else {
                select.bind("key", after.key());
            }
            if (query.category() != null) {
                select.bind("category", query.category());
            }
            if (!except.isEmpty()) {
                select.bindList("except", List.copyOf(except));
            }
            return withOptions(select.bind("id", after.id())
                    .bind("limit", limit)
                    .mapTo(Product.class)
                    .list());
        }
    }

    @Override
    public List<Product> onSaleAmong(Collection<ProductId> ids, ProductQuery query) {
        return withOptions(sql().find(ids).stream()
                .filter(product -> product.details().onSale())
                .filter(product -> query.category() == null
                        || query.category().equals(product.details().category()))
                .toList());
    }

    @Override
    public Map<OptionId, Offer> offers(Collection<OptionId> options) {
        return session.query(offer(session.rows()), OFFERS, options).stream()
                .collect(toMap(Offer::option, Function.identity()));
    }

    /** What is offered of these options. */
    static SqlSession.Query<Offer> offers(Collection<OptionId> options, RowReader columns) {
        return new SqlSession.Query<>(offer(columns), OFFERS, options);
    }

    private static SqlSession.RowMapper<Offer> offer(RowReader columns) {
        return row -> new Offer(
                new OptionId(row.getLong(1)),
                row.getString(2),
                new ProductId(row.getLong(3)),
                new ProductDetails(
                        new ProductTexts(row.getString(4), row.getString(5)),
                        row.getString(6),
                        columns.money(row, 7),
                        row.getBoolean(8)));
    }

    /** The options are read before their attributes, so that an option added meanwhile cannot be seen without any. */
    private List<Product> withOptions(List<Product> products) {
        if (products.isEmpty()) {
            return products;
        }
        List<ProductId> ids = products.stream().map(Product::id).toList();
        Map<ProductId, List<OptionRow>> options = sql().options(ids).stream().collect(groupingBy(OptionRow::product));
        Map<OptionId, List<AttributeRow>> attributes =
                sql().attributes(ids).stream().collect(groupingBy(AttributeRow::option));
        return products.stream()
                .map(product -> product.with(options.getOrDefault(product.id(), List.of()).stream()
                        .map(row -> withAttributes(
                                row.option(),
                                attributes.getOrDefault(row.option().id(), List.of())))
                        .toList()))
                .toList();
    }

    static ProductOption withAttributes(ProductOption option, List<AttributeRow> rows) {
        Map<String, String> attributes = new LinkedHashMap<>();
        rows.forEach(row -> attributes.put(row.name(), row.text()));
        return option.with(attributes);
    }
}
