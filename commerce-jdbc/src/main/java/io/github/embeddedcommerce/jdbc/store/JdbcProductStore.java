package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static io.github.embeddedcommerce.transaction.LockOrder.PRODUCT;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.OptionSales;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.store.ProductPlace;
import io.github.embeddedcommerce.store.ProductStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Products and options in SQL. */
final class JdbcProductStore implements ProductStore {
    private static final String OFFERS = """
            select o.id, o.sku, p.id, p.name, p.description, p.category, p.price, p.on_sale
            from <commerce>product_options o join <commerce>products p on p.id = o.product_id
            where o.id in (?)
            """;

    /** What was cancelled or given back later was sold nevertheless. */
    private static final String SALES = """
            select l.option_id, sum(l.quantity), sum(l.unit_price * l.quantity),
              sum(case when o.closed_at is null then l.returned else l.quantity end)
            from <commerce>orders o <index orders_by_payment> join <commerce>order_lines l on l.order_id = o.id
            where o.paid_at >= ? and o.paid_at < ? and l.product_id = ?
            group by l.option_id
            """;

    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T00:00:00Z");

    private final SqlSession session;
    private final RowLocks locks;
    private final ProductReader reader;

    JdbcProductStore(SqlSession session, RowLocks locks) {
        this.session = session;
        this.locks = locks;
        this.reader = new ProductReader(session);
    }

    @Override
    public List<Product> insert(List<NewProduct> products, Instant registeredAt) {
        return new NewProductRows(session).insert(products, registeredAt);
    }

    /** The product counts them first, so the last of them stands at its count. */
    @Override
    public List<OptionId> insertOptions(ProductId product, List<NewOption> options) {
        session.updateLater(
                "products",
                "update <commerce>products set option_count = option_count + ? where id = ?",
                List.<@Nullable Object[]>of(new Object[] {options.size(), product}));
        int last = session.query(
                        row -> row.getInt(1), "select option_count from <commerce>products where id = ?", product)
                .get(0);
        return new NewProductRows(session).insertOptions(product, last - options.size(), options);
    }

    @Override
    public Set<String> taken(Collection<String> skus) {
        return Set.copyOf(session.queryInParts(
                row -> row.getString(1), "select sku from <commerce>product_options where sku in (?)", skus));
    }

    @Override
    public Optional<Product> find(ProductId id) {
        return reader.find(Set.of(id)).stream().findFirst();
    }

    @Override
    public Optional<Product> findBySku(String sku) {
        return reader.select("join <commerce>product_options o on o.product_id = p.id where o.sku = ?", sku).stream()
                .findFirst();
    }

    @Override
    public List<Product> referred(String reference, long above, int limit) {
        return reader.select(
                "where reference = ? and id > ? order by id fetch first ? rows only", reference, above, limit);
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
        return session.query(
                row -> new OptionSales(
                        new OptionId(row.getLong(1)),
                        row.getLong(2),
                        session.rows().money(row, 3),
                        row.getLong(4)),
                SALES,
                Objects.requireNonNullElse(range.from(), Instant.EPOCH),
                Objects.requireNonNullElse(range.to(), LAST_INSTANT),
                product);
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
        return reader.find(locked).stream().collect(toMap(Product::id, Function.identity()));
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
                                        new ProductId(row.getLong(1)), ProductReader.details(row, 2, session.rows())),
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
        return reader.select("where id > ? order by id fetch first ? rows only", id, limit);
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
        ProductListSql list = new ProductListSql(query, after, except, limit);
        return reader.select(list.text(), list.parameters());
    }

    @Override
    public List<Product> onSaleAmong(Collection<ProductId> ids, ProductQuery query) {
        return reader.find(ids).stream()
                .filter(product -> product.details().onSale())
                .filter(product -> query.category() == null
                        || query.category().equals(product.details().category()))
                .toList();
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
                ProductReader.details(row, 4, columns));
    }
}
