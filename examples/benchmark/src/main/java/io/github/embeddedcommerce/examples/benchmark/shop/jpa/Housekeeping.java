package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Expiring orders and ranking products. Each method works in the transaction of this entity manager. */
record Housekeeping(EntityManager entities, Instant now) {
    private static final int CHUNK = 500;
    private static final Duration WINDOW = Duration.ofDays(3);
    private static final int PLACES = 5;
    private static final int SKIP_LOCKED = -2; // what Hibernate reads as such

    /** Expires one chunk. Returns how many orders it expired. */
    int expireChunk() {
        List<PurchaseOrder> overdue = entities.createQuery(
                        "select o from PurchaseOrder o where o.status = :pending and o.expiresAt <= :now"
                                + " order by o.expiresAt, o.id",
                        PurchaseOrder.class)
                .setParameter("pending", PurchaseOrder.Status.PENDING)
                .setParameter("now", now)
                .setMaxResults(CHUNK)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultList();
        if (overdue.isEmpty()) {
            return 0;
        }
        SortedMap<Long, Long> held = new TreeMap<>();
        entities.createQuery("select l from OrderLine l where l.order in :orders", OrderLine.class)
                .setParameter("orders", overdue)
                .getResultList()
                .forEach(line -> held.merge(line.optionId, line.quantity, Long::sum));
        for (PurchaseOrder order : overdue) {
            order.status = PurchaseOrder.Status.EXPIRED;
            order.closedAt = now;
            entities.persist(OrderEvent.of(order, now));
        }
        new Ordering(entities, now)
                .lock(held.keySet())
                .forEach(stock -> stock.reserved -= held.getOrDefault(stock.optionId, 0L));
        return overdue.size();
    }

    int snapshot() {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Object[]> sold = entities.createQuery(
                        "select l.productId, sum(l.quantity) as sold, max(o.paidAt) as lastPaidAt"
                                + " from OrderLine l join l.order o"
                                + " where o.paidAt >= :since and o.paidAt < :now"
                                + " and (o.closedAt is null or o.closedAt > :now)"
                                + " group by l.productId order by sold desc, lastPaidAt desc, l.productId",
                        Object[].class)
                .setParameter("since", now.minus(WINDOW))
                .setParameter("now", now)
                .setMaxResults(PLACES)
                .getResultList();
        int place = 0;
        for (Object[] row : sold) {
            RankedProduct ranked = new RankedProduct();
            ranked.forDay = day;
            ranked.place = ++place;
            ranked.productId = (Long) row[0];
            ranked.quantity = (Long) row[1];
            ranked.lastPaidAt = (Instant) row[2];
            entities.persist(ranked);
        }
        return place;
    }
}
