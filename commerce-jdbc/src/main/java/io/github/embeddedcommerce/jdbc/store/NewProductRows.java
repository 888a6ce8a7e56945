package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inserts products that are new, with their options: one batch a table, however many they are. */
record NewProductRows(SqlSession session) {
    /** An option, where it is among those of its product, and which product that is. */
    private record Place(ProductId product, int position, NewOption option) {}

    List<Product> insert(List<NewProduct> products, Instant registeredAt) {
        List<Optional<Long>> ids = session.insert("""
                insert into <commerce>products
                  (name, description, category, price, on_sale, option_count, registered_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """, rows(products, product -> new Object[] {
            product.details().texts().name(),
            product.details().texts().description(),
            product.details().category(),
            product.details().price(),
            product.details().onSale(),
            product.options().size(),
            registeredAt
        }));
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            ProductId id = new ProductId(ids.get(i).orElseThrow());
            int position = 0;
            for (NewOption option : products.get(i).options()) {
                places.add(new Place(id, ++position, option));
            }
        }
        Map<String, OptionId> options = insert(places);
        List<Product> inserted = new ArrayList<>(products.size());
        for (int i = 0; i < products.size(); i++) {
            inserted.add(product(new ProductId(ids.get(i).orElseThrow()), products.get(i), options, registeredAt));
        }
        return inserted;
    }

    /** Inserts further options of a product, behind so many that it has. Their ids come back in the same order. */
    List<OptionId> insertOptions(ProductId product, int present, List<NewOption> options) {
        List<Place> places = new ArrayList<>();
        options.forEach(option -> places.add(new Place(product, present + places.size() + 1, option)));
        Map<String, OptionId> ids = insert(places);
        return options.stream()
                .map(option -> requireNonNull(ids.get(option.sku())))
                .toList();
    }

    private Map<String, OptionId> insert(List<Place> places) {
        Map<String, OptionId> options = insertOptions(places);
        insertAttributes(places, options);
        return options;
    }

    /** In the order of the skus: two who add the same would otherwise wait for each other in a circle. */
    private Map<String, OptionId> insertOptions(List<Place> places) {
        List<Place> sorted = new ArrayList<>(places);
        sorted.sort(comparing(place -> place.option().sku()));
        List<Optional<Long>> ids = session.insert(
                "insert into <commerce>product_options (product_id, position, sku) values (?, ?, ?)",
                rows(sorted, place -> new Object[] {
                    place.product(), place.position(), place.option().sku()
                }));
        Map<String, OptionId> options = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            options.put(sorted.get(i).option().sku(), new OptionId(ids.get(i).orElseThrow()));
        }
        return options;
    }

    private void insertAttributes(List<Place> places, Map<String, OptionId> options) {
        List<@Nullable Object[]> attributes = new ArrayList<>();
        for (Place place : places) {
            int position = 0;
            for (Map.Entry<String, String> attribute :
                    place.option().attributes().entrySet()) {
                attributes.add(new Object[] {
                    options.get(place.option().sku()), ++position, attribute.getKey(), attribute.getValue()
                });
            }
        }
        session.insertLater(
                "insert into <commerce>option_attributes (option_id, position, name, text) values (?, ?, ?, ?)",
                attributes);
    }

    private static Product product(ProductId id, NewProduct product, Map<String, OptionId> ids, Instant registeredAt) {
        List<ProductOption> options = product.options().stream()
                .map(option -> new ProductOption(
                        requireNonNull(ids.get(option.sku())),
                        option.sku(),
                        option.attributes(),
                        option.startingStock(),
                        option.reference()))
                .toList();
        return new Product(id, product.details(), options, registeredAt, product.reference());
    }
}
