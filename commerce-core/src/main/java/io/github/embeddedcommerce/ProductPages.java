package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.PopularProducts.Entry;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import io.github.embeddedcommerce.store.ProductPlace;
import io.github.embeddedcommerce.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one page of products on sale. Immutable. */
record ProductPages(ProductQuery query, PageRequest request) {
    private static final long NO_SNAPSHOT = -1;
    private static final int NOT_RANKED = Integer.MAX_VALUE;

    Page<Product> read(Stores stores) {
        return query.sort() == Sort.MOST_POPULAR ? mostPopular(stores) : sorted(stores);
    }

    private Page<Product> sorted(Stores stores) {
        Cursor cursor = request.after();
        ProductPlace after =
                cursor == null ? ProductPlace.start(query.sort()) : place(cursor.keys(query.listName(), 2));
        List<Product> found = stores.products().onSale(query, after, Set.of(), request.size() + 1);
        return Page.of(found, request.size(), last -> {
            ProductPlace place = ProductPlace.behind(last, query.sort());
            return Cursor.behind(query.listName(), List.of(place.key(), place.id()));
        });
    }

    /**
     * A position in a list by popularity. The list continues in the snapshot it began with, so that a new snapshot does
     * not reorder its pages.
     *
     * @param day of the snapshot, {@link #NO_SNAPSHOT} if there was none
     * @param ranking what it ranks
     * @param rank behind this one
     * @param place behind this one among the products that are not ranked
     */
    private record PopularPlace(long day, List<Entry> ranking, int rank, ProductPlace place) {
        Set<ProductId> ranked() {
            return ranking.stream().map(Entry::product).collect(Collectors.toUnmodifiableSet());
        }

        PopularPlace behind(Product product) {
            return ranking.stream()
                    .filter(entry -> entry.product().equals(product.id()))
                    .findFirst()
                    .map(entry -> new PopularPlace(day, ranking, entry.rank(), place))
                    .orElseGet(() ->
                            new PopularPlace(day, ranking, NOT_RANKED, ProductPlace.behind(product, Sort.NEWEST)));
        }
    }

    /** First the products that the snapshot ranks, then all others, newest first. */
    private Page<Product> mostPopular(Stores stores) {
        PopularPlace after = popularPlace(stores);
        List<Product> found = new ArrayList<>(ranked(after, stores));
        int missing = request.size() + 1 - found.size();
        if (missing > 0) {
            ProductQuery newest = query.sortedBy(Sort.NEWEST);
            found.addAll(stores.products().onSale(newest, after.place(), after.ranked(), missing));
        }
        return Page.of(found, request.size(), last -> {
            PopularPlace next = after.behind(last);
            List<Long> keys = List.of(
                    next.day(),
                    (long) next.rank(),
                    next.place().key(),
                    next.place().id());
            return Cursor.behind(query.listName(), keys);
        });
    }

    private PopularPlace popularPlace(Stores stores) {
        Cursor cursor = request.after();
        if (cursor == null) {
            Optional<PopularProducts> latest = stores.popularity().latest();
            return new PopularPlace(
                    latest.map(snapshot -> snapshot.day().toEpochDay()).orElse(NO_SNAPSHOT),
                    latest.map(PopularProducts::entries).orElse(List.of()),
                    0,
                    ProductPlace.start(Sort.NEWEST));
        }
        List<Long> keys = cursor.keys(query.listName(), 4);
        long day = keys.get(0);
        int rank = (int) Math.max(0, Math.min(keys.get(1), NOT_RANKED));
        List<Entry> ranking =
                day == NO_SNAPSHOT ? List.of() : snapshot(day, stores).entries();
        return new PopularPlace(day, ranking, rank, place(keys.subList(2, 4)));
    }

    private static PopularProducts snapshot(long day, Stores stores) {
        return stores.popularity()
                .find(PopularProducts.day(day))
                .orElseThrow(() -> Validation.refusal(
                        "cursor", "continues in a snapshot that has been purged: begin without a cursor", Map.of()));
    }

    private List<Product> ranked(PopularPlace after, Stores stores) {
        List<ProductId> next = after.ranking().stream()
                .filter(entry -> entry.rank() > after.rank())
                .map(Entry::product)
                .toList();
        if (next.isEmpty()) {
            return List.of();
        }
        Map<ProductId, Product> onSale = stores.products().onSaleAmong(next, query).stream()
                .collect(Collectors.toMap(Product::id, product -> product));
        return next.stream()
                .flatMap(id -> Stream.ofNullable(onSale.get(id)))
                .limit(request.size() + 1L)
                .toList();
    }

    private static ProductPlace place(List<Long> keys) {
        return new ProductPlace(keys.get(0), keys.get(1));
    }
}
