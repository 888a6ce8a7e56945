package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.memory.Rows.OptionRow;
import io.github.embeddedcommerce.memory.Rows.ProductRow;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import io.github.embeddedcommerce.store.ProductPlace;
import io.github.embeddedcommerce.store.ProductStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

record InMemoryProducts(Rows rows, Journal journal) implements ProductStore {
    @Override
    public ProductId insert(ProductDetails details, Instant registeredAt) {
        ProductId id = new ProductId(rows.products.size() + 1L);
        rows.products.put(id, new ProductRow(details, registeredAt));
        journal.adds(PRODUCT, id, "product " + id);
        return id;
    }

    @Override
    public List<OptionId> insertOptions(ProductId product, List<NewOption> options) {
        assertThat(taken(options.stream().map(NewOption::sku).toList())).isEmpty();
        journal.writesLocked(PRODUCT, product, "number of options of " + product);
        List<OptionId> ids = new ArrayList<>();
        for (NewOption option : options) {
            OptionId id = new OptionId(rows.options.size() + 1L);
            rows.options.put(id, new OptionRow(product, option));
            journal.appends("option " + id);
            ids.add(id);
        }
        return ids;
    }

    @Override
    public Set<String> taken(Collection<String> skus) {
        return rows.options.values().stream()
                .map(row -> row.option().sku())
                .filter(skus::contains)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Product> find(ProductId id) {
        return Optional.ofNullable(rows.products.get(id))
                .map(row -> new Product(id, row.details(), options(id), row.registeredAt()));
    }

    @Override
    public Optional<Product> findBySku(String sku) {
        return rows.options.values().stream()
                .filter(row -> row.option().sku().equals(sku))
                .findFirst()
                .flatMap(row -> find(row.product()));
    }

    @Override
    public Map<ProductId, Product> lock(Collection<ProductId> ids) {
        journal.locks(PRODUCT, ids);
        return ids.stream().flatMap(id -> find(id).stream()).collect(Collectors.toMap(Product::id, product -> product));
    }

    @Override
    public void write(Map<ProductId, ProductDetails> products) {
        products.forEach((id, details) -> {
            rows.products.computeIfPresent(id, (same, row) -> new ProductRow(details, row.registeredAt()));
            journal.writesLocked(PRODUCT, id, "details of product " + id);
        });
    }

    @Override
    public List<Product> onSale(ProductQuery query, ProductPlace after, Set<ProductId> except, int limit) {
        Comparator<ProductPlace> order =
                Comparator.comparingLong(ProductPlace::key).thenComparing(ProductPlace::id);
        Comparator<ProductPlace> sorted = query.sort() == Sort.PRICE_UP ? order : order.reversed();
        return onSale(query)
                .filter(product -> !except.contains(product.id()))
                .filter(product -> sorted.compare(ProductPlace.behind(product, query.sort()), after) > 0)
                .sorted(Comparator.comparing(product -> ProductPlace.behind(product, query.sort()), sorted))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Product> onSaleAmong(Collection<ProductId> ids, ProductQuery query) {
        return onSale(query).filter(product -> ids.contains(product.id())).toList();
    }

    private Stream<Product> onSale(ProductQuery query) {
        return rows.products.keySet().stream()
                .flatMap(id -> find(id).stream())
                .filter(product -> product.details().onSale())
                .filter(product -> query.category() == null
                        || query.category().equals(product.details().category()));
    }

    @Override
    public Map<OptionId, Offer> offers(Collection<OptionId> options) {
        Map<OptionId, Offer> offers = new TreeMap<>();
        rows.options.forEach((id, row) -> {
            ProductRow product = rows.products.get(row.product());
            if (options.contains(id) && product != null) {
                offers.put(id, new Offer(id, row.option().sku(), row.product(), product.details()));
            }
        });
        return offers;
    }

    private List<ProductOption> options(ProductId product) {
        List<ProductOption> options = new ArrayList<>();
        rows.options.forEach((id, row) -> {
            if (row.product().equals(product)) {
                long available = rows.level(id).available();
                options.add(
                        new ProductOption(id, row.option().sku(), row.option().attributes(), available));
            }
        });
        return options;
    }
}
