package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.POPULARITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.PopularProducts.Sales;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.store.PopularityStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

record InMemoryPopularity(Rows rows, Journal journal, Faults faults) implements PopularityStore {
    private static final String SNAPSHOTS = "snapshots";

    /** Everything that sold, and not the best-selling only: who asks, ranks. */
    @Override
    public List<Sales> bestSelling(Instant from, Instant until, int limit) {
        Map<ProductId, Sales> sales = new TreeMap<>();
        for (Order order : rows.orders.values()) {
            Times times = order.progress().times();
            Instant paidAt = times.paidAt();
            boolean paid = paidAt != null && !paidAt.isBefore(from) && paidAt.isBefore(until);
            boolean cancelled = times.closedAt() != null && !times.closedAt().isAfter(until);
            if (paidAt != null && paid && !cancelled) {
                for (OrderLine line : order.lines()) {
                    sales.merge(
                            line.item().product(),
                            new Sales(line.item().product(), line.quantity(), paidAt),
                            (one, other) -> new Sales(
                                    one.product(),
                                    one.quantity() + other.quantity(),
                                    one.lastPaidAt().isAfter(other.lastPaidAt())
                                            ? one.lastPaidAt()
                                            : other.lastPaidAt()));
                }
            }
        }
        return List.copyOf(sales.values());
    }

    @Override
    public Optional<PopularProducts> find(LocalDate day) {
        return Optional.ofNullable(rows.popular.get(day));
    }

    @Override
    public List<PopularProducts> before(LocalDate day, int limit) {
        return rows.popular.headMap(day, false).descendingMap().values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public void lock() {
        journal.locks(POPULARITY, Set.of(SNAPSHOTS));
        faults.waitForSnapshots(rows);
    }

    @Override
    public void insert(PopularProducts snapshot) {
        assertThat(rows.popular).doesNotContainKey(snapshot.day());
        rows.popular.put(snapshot.day(), snapshot);
        journal.writesLocked(POPULARITY, SNAPSHOTS, "popular products of " + snapshot.day());
    }

    @Override
    public int purgeSnapshots(Instant before, int limit) {
        lock();
        List<LocalDate> outdated = rows.popular.values().stream()
                .filter(snapshot -> snapshot.createdAt().isBefore(before))
                .map(PopularProducts::day)
                .filter(day -> !day.equals(rows.popular.lastKey()))
                .limit(limit)
                .toList();
        outdated.forEach(day -> {
            rows.popular.remove(day);
            journal.writesLocked(POPULARITY, SNAPSHOTS, "popular products of " + day);
        });
        return outdated.size();
    }
}
