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
 * The best-selling products as of one moment: a snapshot, made once a UTC day and kept.
 *
 * <p>It counts the units in orders that were paid at {@link #from()} or later and before {@code createdAt}, to the
 * microsecond, and that were not cancelled by {@code createdAt}. As orders are kept for ever with these times, it can
 * be counted anew from them at any later time, with the same outcome, even if some were cancelled since. Products that
 * sold nothing in that time are absent, so it may have fewer entries than asked for, or none. Immutable.
 *
 * @param day the UTC day it is for, which is that of {@code createdAt}
 * @param measure how far it looks back, and how many products it ranks at most
 * @param createdAt the moment it shows, which ends its window and is no part of it
 * @param entries most units sold first; of equal ones the one paid last, then the one with the lower id
 */
public record PopularProducts(LocalDate day, Popularity measure, Instant createdAt, List<Entry> entries) {
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private static final Comparator<Sales> MOST_POPULAR_FIRST = comparingLong(Sales::quantity)
            .reversed()
            .thenComparing(Sales::lastPaidAt, Comparator.reverseOrder())
            .thenComparing(Sales::product);

    /** Refuses entries that are not ranked so: it would mean a bug or a damaged database. */
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
     * What sold of a product in the window.
     *
     * @param product the product, all its options together
     * @param quantity units sold, at least 1
     * @param lastPaidAt when the last order with it was paid
     */
    public record Sales(ProductId product, long quantity, Instant lastPaidAt) {
        /** Refuses to be of nothing: it would mean a bug or a damaged database. */
        public Sales {
            if (quantity < 1) {
                throw new IllegalArgumentException("product " + product + " cannot have sold " + quantity);
            }
        }
    }

    /**
     * One place in the ranking.
     *
     * @param rank 1 for the most popular, then counted up without a gap
     * @param sales the product that has it, and why
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

    /** The snapshot of this moment: ranks what sold in its window. */
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

    /** The day with this number, counted from 1970; moved to between 1970 and 9999, which every database can keep. */
    public static LocalDate day(long epochDay) {
        return LocalDate.ofEpochDay(Math.max(0, Math.min(epochDay, LAST_DAY.toEpochDay())));
    }

    /** The beginning of its window: an order paid at this very microsecond counts. */
    public Instant from() {
        return createdAt.minus(measure.window());
    }
}
