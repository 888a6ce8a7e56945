package io.github.embeddedcommerce.memory;

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
import io.github.embeddedcommerce.product.ProductStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

record InMemoryProducts(Rows rows, Journal journal) implements ProductStore {
    @Override
    public ProductId insert(ProductDetails details, Instant registeredAt) {
        ProductId id = new ProductId(rows.products.size() + 1L);
        rows.products.put(id, new ProductRow(details, registeredAt));
        journal.appends("product " + id);
        return id;
    }

    @Override
    public List<OptionId> insertOptions(ProductId product, List<NewOption> options) {
        assertThat(taken(options.stream().map(NewOption::sku).toList())).isEmpty();
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
