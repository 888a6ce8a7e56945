package io.github.embeddedcommerce.memory;

import io.github.embeddedcommerce.store.AuditStore;
import io.github.embeddedcommerce.store.CartStore;
import io.github.embeddedcommerce.store.CouponStore;
import io.github.embeddedcommerce.store.EventStore;
import io.github.embeddedcommerce.store.IdempotencyStore;
import io.github.embeddedcommerce.store.OrderStore;
import io.github.embeddedcommerce.store.PopularityStore;
import io.github.embeddedcommerce.store.ProductStore;
import io.github.embeddedcommerce.store.StockStore;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.store.UserStore;

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
