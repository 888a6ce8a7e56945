package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A position in a list of products sorted by price or age: after the product with this key and id. Immutable.
 *
 * @param key what the list is sorted by: the price in minor units, or the microseconds from 1970 to the registration
 * @param id the product, which breaks ties
 */
public record ProductPlace(long key, long id) {
    private static final Instant LAST_INSTANT = Instant.parse("9999-01-01T00:00:00Z");

    /** Before the first product of a list in this order. */
    public static ProductPlace start(Sort sort) {
        return sort == Sort.PRICE_UP
                ? new ProductPlace(Long.MIN_VALUE, Long.MIN_VALUE)
                : new ProductPlace(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Behind this product in a list in this order. */
    public static ProductPlace behind(Product product, Sort sort) {
        long key = switch (sort) {
            case PRICE_UP, PRICE_DOWN -> product.price().getAmountMinorLong();
            case NEWEST, MOST_POPULAR -> ChronoUnit.MICROS.between(Instant.EPOCH, product.registeredAt());
        };
        return new ProductPlace(key, product.id().value());
    }

    /** The key as a time, moved to between 1970 and 9999, which every database can compare with. */
    public Instant registeredAt() {
        Instant at = Instant.EPOCH.plus(Math.max(0, key), ChronoUnit.MICROS);
        return at.isAfter(LAST_INSTANT) ? LAST_INSTANT : at;
    }
}
