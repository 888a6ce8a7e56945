package io.github.embeddedcommerce.transaction;

/**
 * What a transaction locks, in the order in which it must: a transaction that has locked rows of one kind never goes
 * back to a kind above it, and locks the rows of one kind in the order of their ids. So the library's own calls cannot
 * wait for each other in a circle. The stock, which many orders want at once, comes late and is held shortest.
 */
public enum LockOrder {
    /** Keys of requests: whoever comes with one that is being used waits for its answer before anything else. */
    IDEMPOTENCY_KEY,
    /** Order rows. */
    ORDER,
    /** Events of orders, on their way out. */
    EVENT,
    /**
     * User rows, with their balance. Whoever has locked one has locked the user's cart and coupons as well: those rows
     * change only under this lock, so they have no place of their own in the order.
     */
    USER,
    /** Rows of coupons that have a limit; issuing counts on them. */
    COUPON,
    /** Stock rows, one an option. */
    STOCK,
    /** The shop's own row: held by whoever adds or deletes snapshots of popular products. */
    POPULARITY,
    /**
     * Product rows. They come last because the database itself locks them for a moment, to check a foreign key, when a
     * line of an order or an entry of a snapshot is written, by which time the rows above are held. Whoever changes a
     * product must hold it and want nothing more.
     */
    PRODUCT
}
