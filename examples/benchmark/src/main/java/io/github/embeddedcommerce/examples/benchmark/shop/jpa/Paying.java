package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Paying and cancelling orders, and changing balances. Each method works in the transaction of this entity manager. */
record Paying(EntityManager entities, Instant now) {
    void pay(String user, long id, @Nullable Long userCoupon) {
        PurchaseOrder order = lock(user, id, PurchaseOrder.Status.PENDING);
        if (!now.isBefore(order.expiresAt)) {
            throw new IllegalStateException("order " + id + " has expired");
        }
        Customer customer = lock(user);
        if (userCoupon != null) {
            use(userCoupon, order);
        }
        if (order.total > order.discount) {
            change(customer, order.discount - order.total, "PAYMENT", id);
        }
        order.status = PurchaseOrder.Status.PAID;
        order.paidAt = now;
        entities.persist(OrderEvent.of(order, now));
        SortedMap<Long, Long> quantities = order.quantities();
        new Ordering(entities, now)
                .lock(quantities.keySet())
                .forEach(stock -> stock.confirm(quantities.getOrDefault(stock.optionId, 0L)));
    }

    private void use(long id, PurchaseOrder order) {
        UserCoupon held = entities.createQuery(
                        "select u from UserCoupon u join fetch u.coupon where u.id = :id", UserCoupon.class)
                .setParameter("id", id)
                .getSingleResult();
        if (!held.userId.equals(order.userId) || held.orderId != null || !now.isBefore(held.coupon.expiresAt)) {
            throw new IllegalStateException("coupon " + id + " cannot be used");
        }
        held.orderId = order.id;
        held.usedAt = now;
        order.userCouponId = id;
        order.discount = order.total * held.coupon.percent / 100;
    }

    void cancel(String user, long id) {
        PurchaseOrder order = lock(user, id, PurchaseOrder.Status.PAID);
        Customer customer = lock(user);
        if (order.userCouponId != null) {
            UserCoupon held = entities.find(UserCoupon.class, order.userCouponId);
            held.orderId = null;
            held.usedAt = null;
        }
        if (order.total > order.discount) {
            change(customer, order.total - order.discount, "REFUND", id);
        }
        order.status = PurchaseOrder.Status.CANCELLED;
        order.closedAt = now;
        entities.persist(OrderEvent.of(order, now));
        SortedMap<Long, Long> quantities = order.quantities();
        for (Stock stock : new Ordering(entities, now).lock(quantities.keySet())) {
            StockChange change = new StockChange();
            change.optionId = stock.optionId;
            change.quantityBefore = stock.onHand;
            stock.onHand += quantities.getOrDefault(stock.optionId, 0L);
            change.quantityAfter = stock.onHand;
            change.note = "order " + id;
            change.changedAt = now;
            entities.persist(change);
        }
    }

    void topUp(String user, long amount) {
        change(lock(user), amount, "SYSTEM_CHARGE", null);
    }

    private void change(Customer customer, long amount, String code, @Nullable Long order) {
        BalanceChange change = new BalanceChange();
        change.userId = customer.id;
        change.balanceBefore = customer.balance;
        change.amount = amount;
        customer.balance += amount;
        change.balanceAfter = customer.balance;
        change.code = code;
        change.orderId = order;
        change.changedAt = now;
        if (customer.balance < 0) {
            throw new IllegalStateException(customer.id + " has too little");
        }
        entities.persist(change);
    }

    private PurchaseOrder lock(String user, long id, PurchaseOrder.Status status) {
        PurchaseOrder order = entities.find(PurchaseOrder.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (order == null || !order.userId.equals(user) || order.status != status) {
            throw new IllegalStateException("order " + id + " is not " + status + " of " + user);
        }
        return order;
    }

    private Customer lock(String user) {
        Customer customer = entities.find(Customer.class, user, LockModeType.PESSIMISTIC_WRITE);
        if (customer == null) {
            throw new IllegalStateException("there is no user " + user);
        }
        return customer;
    }
}
