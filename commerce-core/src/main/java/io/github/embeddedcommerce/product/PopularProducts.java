package io.github.embeddedcommerce.product;

import static java.util.Comparator.comparingLong;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A snapshot of the best-selling products, created once each UTC day and stored. Immutable.
 *
 * <p>It counts the units in orders that were paid from {@link #from()} (inclusive) to {@code createdAt} (exclusive) and
 * not cancelled by {@code createdAt}. Orders keep these times for ever, so the snapshot can be computed again later
 * with the same result. Products without a sale in that time are absent, so it can have fewer entries than its size, or
 * none.
 *
 * @param day the UTC day it is for, which is that of {@code createdAt}
 * @param measure its window and size
 * @param createdAt the end of its window (exclusive)
 * @param entries most units first; ties by the latest payment first, then by the lower id
 */
public record PopularProducts(LocalDate day, Popularity measure, Instant createdAt, List<Entry> entries) {
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private static final Comparator<Sales> MOST_POPULAR_FIRST = comparingLong(Sales::quantity)
            .reversed()
            .thenComparing(Sales::lastPaidAt, Comparator.reverseOrder())
            .thenComparing(Sales::product);

    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public PopularProducts {
        entries = List.copyOf(entries);
        if (!day.equals(dayOf(createdAt))) {
            throw new IllegalArgumentException("the snapshot of " + day + " was created at " + createdAt);
        }
        if (!entries.equals(ranked(entries.stream().map(Entry::sales).toList(), measure.size()))) {
            throw new IllegalArgumentException("the popular products of " + day + " are not ranked: " + entries);
        }
    }

    /**
     * The sales of a product in the window.
     *
     * @param product the product, all its options together
     * @param quantity units sold, at least 1
     * @param lastPaidAt when the last order with it was paid
     */
    public record Sales(ProductId product, long quantity, Instant lastPaidAt) {
        /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
        public Sales {
            if (quantity < 1) {
                throw new IllegalArgumentException("product " + product + " cannot have sold " + quantity);
            }
        }
    }

    /**
     * One entry of the ranking.
     *
     * @param rank 1 for the most popular, then consecutive
     * @param sales the product and its sales
     */
    public record Entry(int rank, Sales sales) {
        /** The product that has this rank. */
        public ProductId product() {
            return sales.product();
        }

        /** Units sold in the window. */
        public long quantity() {
            return sales.quantity();
        }

        /** When the last order in the window with this product was paid. */
        public Instant lastPaidAt() {
            return sales.lastPaidAt();
        }
    }

    /** The snapshot of this moment, from the sales in its window. */
    public static PopularProducts of(Collection<Sales> sales, Popularity measure, Instant now) {
        return new PopularProducts(dayOf(now), measure, now, ranked(sales, measure.size()));
    }

    /** The best-selling of these, at most {@code size}, ranked from 1. */
    public static List<Entry> ranked(Collection<Sales> sales, int size) {
        List<Entry> entries = new ArrayList<>();
        sales.stream()
                .sorted(MOST_POPULAR_FIRST)
                .limit(size)
                .forEach(best -> entries.add(new Entry(entries.size() + 1, best)));
        return entries;
    }

    /** The UTC day of this moment. */
    public static LocalDate dayOf(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /** The day with this number since 1970, clamped to the years 1970 to 9999, which every database can store. */
    public static LocalDate day(long epochDay) {
        return LocalDate.ofEpochDay(Math.max(0, Math.min(epochDay, LAST_DAY.toEpochDay())));
    }

    /** The start of its window (inclusive). */
    public Instant from() {
        return createdAt.minus(measure.window());
    }
}
