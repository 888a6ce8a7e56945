package io.github.embeddedcommerce.transaction;

import io.github.embeddedcommerce.audit.AuditStore;
import io.github.embeddedcommerce.cart.CartStore;
import io.github.embeddedcommerce.coupon.CouponStore;
import io.github.embeddedcommerce.event.EventStore;
import io.github.embeddedcommerce.idempotency.IdempotencyStore;
import io.github.embeddedcommerce.order.OrderStore;
import io.github.embeddedcommerce.product.PopularityStore;
import io.github.embeddedcommerce.product.ProductStore;
import io.github.embeddedcommerce.stock.StockStore;
import io.github.embeddedcommerce.user.UserStore;

/** All that is kept, as seen by one transaction. Not thread-safe, and of no use after the transaction. */
public interface Stores {
    /** Products and options. */
    ProductStore products();

    /** Snapshots of popular products. */
    PopularityStore popularity();

    /** Stock levels and their history. */
    StockStore stock();

    /** Users and balances. */
    UserStore users();

    /** Carts. */
    CartStore carts();

    /** Coupons, and who was issued them. */
    CouponStore coupons();

    /** Orders. */
    OrderStore orders();

    /** Events to deliver. */
    EventStore events();

    /** Keys of requests, and what they came to. */
    IdempotencyStore idempotency();

    /** The checks of the audit. */
    AuditStore audit();
}
