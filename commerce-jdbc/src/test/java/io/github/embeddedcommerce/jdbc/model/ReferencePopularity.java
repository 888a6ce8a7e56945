package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.jdbc.model.ReferenceProducts.Goods;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is popular, by the reference. */
final class ReferencePopularity {
    static final Duration WINDOW = Duration.ofDays(1);
    static final int PLACES = 2;

    private final ReferenceShop shop;
    private final TreeMap<LocalDate, Snapshot> days = new TreeMap<>();

    ReferencePopularity(ReferenceShop shop) {
        this.shop = shop;
    }

    /** What was popular at one moment. */
    record Snapshot(Instant at, List<Sold> ranking) {
        LocalDate day() {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }

        @Override
        public String toString() {
            return Told.of(day(), at, ReferenceShop.lines(ranking));
        }
    }

    /** A popular product. */
    record Sold(Goods goods, long quantity, Instant last) {
        @Override
        public String toString() {
            return Told.of(goods.id, quantity, last);
        }
    }

    String snapshot() {
        Snapshot counted = count(shop.now);
        Snapshot before = days.putIfAbsent(counted.day(), counted);
        return Told.of(before == null, before == null ? counted : before);
    }

    private Snapshot count(Instant at) {
        Map<Goods, Long> quantities = new TreeMap<>(Comparator.comparing((Goods goods) -> goods.id));
        Map<Goods, Instant> last = new TreeMap<>(Comparator.comparing((Goods goods) -> goods.id));
        for (ReferenceOrders.Placed order : shop.orders.all.values()) {
            Instant paidAt = order.paidAt;
            Instant closedAt = order.closedAt;
            boolean counts = paidAt != null
                    && !paidAt.isBefore(at.minus(WINDOW))
                    && paidAt.isBefore(at)
                    && (closedAt == null || closedAt.isAfter(at));
            for (int line = 0; counts && line < order.lines.size(); line++) {
                Goods goods = order.lines.get(line).unit().goods;
                long kept = order.lines.get(line).quantity() - shop.returns.returnedBy(order, line, at);
                if (kept > 0) {
                    quantities.merge(goods, kept, Long::sum);
                    last.merge(goods, paidAt, (one, other) -> one.isAfter(other) ? one : other);
                }
            }
        }
        List<Sold> sold = new ArrayList<>();
        quantities.forEach((goods, quantity) -> sold.add(new Sold(goods, quantity, last.getOrDefault(goods, at))));
        sold.sort(Comparator.comparingLong((Sold one) -> -one.quantity())
                .thenComparing(Sold::last, Comparator.reverseOrder())
                .thenComparing(one -> one.goods().id));
        return new Snapshot(at, List.copyOf(sold.subList(0, Math.min(PLACES, sold.size()))));
    }

    /** The latest snapshot; empty if there is none. */
    String latest() {
        return days.isEmpty() ? "none" : days.lastEntry().getValue().toString();
    }

    /** What the latest snapshot ranks, the most popular first. */
    List<Goods> ranked() {
        return days.isEmpty()
                ? List.of()
                : days.lastEntry().getValue().ranking().stream()
                        .map(Sold::goods)
                        .toList();
    }

    /** Every snapshot, the latest first. */
    List<String> all() {
        return days.descendingMap().values().stream().map(Snapshot::toString).toList();
    }

    /** Today's snapshot counted anew: it is the same, whatever has been cancelled later. */
    String recount() {
        Snapshot today = days.get(LocalDate.ofInstant(shop.now, ZoneOffset.UTC));
        return today == null ? "none" : count(today.at()).toString();
    }

    /** How many snapshots made before this instant are removed; the latest stays in any case. */
    long purge(Instant before) {
        long purged = 0;
        while (days.size() > 1 && days.firstEntry().getValue().at().isBefore(before)) {
            days.pollFirstEntry();
            purged++;
        }
        return purged;
    }

    void write(Map<String, Collection<String>> books) {
        books.put(
                "select created_at from <commerce>popular_snapshots order by for_day",
                days.values().stream().map(day -> day.at().toString()).toList());
        books.put(
                """
                select product_id, quantity, last_paid_at from <commerce>popular_products
                order by for_day, position
                """,
                days.values().stream()
                        .flatMap(day -> day.ranking().stream())
                        .map(Sold::toString)
                        .toList());
    }
}
