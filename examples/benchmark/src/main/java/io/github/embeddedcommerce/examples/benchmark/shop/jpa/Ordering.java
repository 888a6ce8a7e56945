package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Placing and listing orders. Each method works in the transaction of this entity manager. */
record Ordering(EntityManager entities, Instant now) {
    private static final Duration TIME_TO_PAY = Duration.ofMinutes(10);
    private static final int PAGE = 20;

    PurchaseOrder place(String user, long[] options) {
        SortedMap<Long, Long> quantities = new TreeMap<>();
        for (long option : options) {
            quantities.merge(option, 1L, Long::sum);
        }
        if (entities.find(Customer.class, user) == null) {
            throw new IllegalStateException("there is no user " + user);
        }
        Map<Long, ProductOption> offered = new HashMap<>();
        entities.createQuery(
                        "select o from ProductOption o join fetch o.product where o.id in :ids", ProductOption.class)
                .setParameter("ids", quantities.keySet())
                .getResultList()
                .forEach(option -> offered.put(option.id, option));
        lock(quantities.keySet()).forEach(stock -> stock.reserve(quantities.getOrDefault(stock.optionId, 0L)));
        PurchaseOrder order = new PurchaseOrder();
        order.userId = user;
        order.placedAt = now;
        order.expiresAt = now.plus(TIME_TO_PAY);
        for (long option : options) {
            add(order, offered.get(option));
        }
        entities.persist(order);
        return order;
    }

    private static void add(PurchaseOrder order, @Nullable ProductOption option) {
        if (option == null || !option.product.onSale) {
            throw new IllegalStateException("an option is not on sale");
        }
        OrderLine line = new OrderLine();
        line.order = order;
        line.number = order.lines.size() + 1;
        line.optionId = option.id;
        line.sku = option.sku;
        line.productId = option.product.id;
        line.productName = option.product.name;
        line.unitPrice = option.product.price;
        line.quantity = 1;
        order.lines.add(line);
        order.total += line.unitPrice;
    }

    /** The stock of these options, locked in their order. */
    List<Stock> lock(Collection<Long> options) {
        return entities.createQuery("select s from Stock s where s.optionId in :ids order by s.optionId", Stock.class)
                .setParameter("ids", options)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    int list(String user) {
        List<PurchaseOrder> orders = entities.createQuery(
                        "select o from PurchaseOrder o where o.userId = :user order by o.id desc", PurchaseOrder.class)
                .setParameter("user", user)
                .setMaxResults(PAGE)
                .getResultList();
        return (int) orders.stream().filter(order -> !order.lines.isEmpty()).count();
    }
}
