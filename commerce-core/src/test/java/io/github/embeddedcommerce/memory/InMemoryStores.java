package io.github.embeddedcommerce.memory;

import io.github.embeddedcommerce.audit.AuditStore;
import io.github.embeddedcommerce.cart.CartStore;
import io.github.embeddedcommerce.coupon.CouponStore;
import io.github.embeddedcommerce.event.EventStore;
import io.github.embeddedcommerce.idempotency.IdempotencyStore;
import io.github.embeddedcommerce.order.OrderStore;
import io.github.embeddedcommerce.product.PopularityStore;
import io.github.embeddedcommerce.product.ProductStore;
import io.github.embeddedcommerce.stock.StockStore;
import io.github.embeddedcommerce.transaction.Stores;
import io.github.embeddedcommerce.user.UserStore;

record InMemoryStores(Rows rows, Journal journal, InMemoryShop shop) implements Stores {
    @Override
    public ProductStore products() {
        return new InMemoryProducts(rows, journal);
    }

    @Override
    public PopularityStore popularity() {
        return new InMemoryPopularity(rows, journal, shop.faults);
    }

    @Override
    public StockStore stock() {
        return new InMemoryStock(rows, journal);
    }

    @Override
    public UserStore users() {
        return new InMemoryUsers(rows, journal, shop.settings().currency());
    }

    @Override
    public CartStore carts() {
        return new InMemoryCarts(rows, journal, shop.settings().currency());
    }

    @Override
    public CouponStore coupons() {
        return new InMemoryCoupons(rows, journal);
    }

    @Override
    public OrderStore orders() {
        return new InMemoryOrders(rows, journal, shop.faults);
    }

    @Override
    public EventStore events() {
        return new InMemoryEvents(rows, journal);
    }

    @Override
    public IdempotencyStore idempotency() {
        return new InMemoryIdempotency(rows, journal);
    }

    @Override
    public AuditStore audit() {
        return new InMemoryAudit(rows);
    }
}
