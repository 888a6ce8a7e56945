package io.github.embeddedcommerce.store;

/** The stores of one transaction. Not thread-safe, and invalid after the transaction. */
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

    /** Coupons and issued coupons. */
    CouponStore coupons();

    /** Orders. */
    OrderStore orders();

    /** Returns of orders. */
    ReturnStore returns();

    /** Payments from outside. */
    PaymentStore payments();

    /** Refunds of payments from outside. */
    RefundStore refunds();

    /** Figures of what was sold. */
    FigureStore figures();

    /** Events to deliver. */
    EventStore events();

    /** Idempotency keys and stored results. */
    IdempotencyStore idempotency();

    /** The checks of the audit. */
    AuditStore audit();
}
