package io.github.embeddedcommerce.transaction;

/**
 * The one lock order of the library. A transaction that has locked rows of one kind never locks rows of a kind above
 * it, and it locks the rows of one kind in the order of their ids; so the library's own calls never deadlock with each
 * other. The stock, for which many orders compete, comes late and is held briefly.
 */
public enum LockOrder {
    /** Idempotency keys: a call with a key in use waits for its result before it locks anything else. */
    IDEMPOTENCY_KEY,
    /** Order rows. */
    ORDER,
    /** Events that are not delivered yet. */
    EVENT,
    /**
     * User rows, with their balance. The cart and the coupons of a user change only under this lock, so they have no
     * place of their own in the order.
     */
    USER,
    /** Rows of limited coupons, with the number issued. */
    COUPON,
    /** Stock rows, one for each option. */
    STOCK,
    /** The one row that is locked to add or delete snapshots of popular products. */
    POPULARITY,
    /**
     * Product rows. They come last because the database itself locks them to check foreign keys when order lines or
     * snapshot entries are written, while the rows above are locked. A transaction that changes a product locks nothing
     * after it.
     */
    PRODUCT
}
