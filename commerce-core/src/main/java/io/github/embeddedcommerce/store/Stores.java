package io.github.embeddedcommerce.store;

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
