package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;

/** Coupons, carts and product pages. Each method works in the transaction of this entity manager. */
record Shopping(EntityManager entities, Instant now) {
    long issue(String user, long id) {
        if (entities.find(Customer.class, user) == null) {
            throw new IllegalStateException("there is no user " + user);
        }
        Coupon coupon = entities.find(Coupon.class, id);
        if (coupon != null && coupon.total != null) {
            entities.refresh(coupon, LockModeType.PESSIMISTIC_WRITE);
        }
        if (coupon == null || !now.isBefore(coupon.expiresAt)) {
            throw new IllegalStateException("coupon " + id + " cannot be issued");
        }
        if (coupon.total != null) {
            if (coupon.issued >= coupon.total) {
                throw new IllegalStateException("coupon " + id + " is sold out");
            }
            coupon.issued++;
        }
        UserCoupon held = new UserCoupon();
        held.coupon = coupon;
        held.userId = user;
        held.issuedAt = now;
        entities.persist(held);
        return held.id;
    }

    long addToCart(String user, long option, long quantity) {
        entities.find(Customer.class, user, LockModeType.PESSIMISTIC_WRITE);
        List<CartItem> items = entities.createQuery("select i from CartItem i where i.userId = :user", CartItem.class)
                .setParameter("user", user)
                .getResultList();
        ProductOption wanted = entities.createQuery(
                        "select o from ProductOption o join fetch o.product where o.id = :id", ProductOption.class)
                .setParameter("id", option)
                .getSingleResult();
        Stock stock = entities.find(Stock.class, option);
        CartItem item = items.stream()
                .filter(present -> present.optionId == option)
                .findFirst()
                .orElseGet(CartItem::new);
        item.quantity += quantity;
        if (stock == null || !wanted.product.onSale || item.quantity > stock.onHand - stock.reserved) {
            throw new IllegalStateException("option " + option + " cannot be put into the cart");
        }
        if (item.id == 0) {
            item.userId = user;
            item.optionId = option;
            entities.persist(item);
        }
        return item.id;
    }

    int view(long id) {
        Product product = entities.createQuery(
                        "select p from Product p join fetch p.options where p.id = :id", Product.class)
                .setParameter("id", id)
                .getSingleResult();
        List<Long> options = product.options.stream().map(option -> option.id).toList();
        List<Stock> stock = entities.createQuery("select s from Stock s where s.optionId in :ids", Stock.class)
                .setParameter("ids", options)
                .getResultList();
        long described = product.options.stream()
                .filter(option -> !option.attributes.isEmpty())
                .count();
        return (int) Math.min(described, stock.size());
    }
}
