package io.github.embeddedcommerce;

/**
 * The use cases of a shop, by subject. {@link CommerceFacade} has them, each call in a transaction of its own;
 * {@link CommerceFacade#inTransaction} hands them out for several calls in one.
 */
public sealed interface UseCases permits CommerceFacade, Doors {
    /** The catalog and its stock. */
    Products products();

    /** Users and their balances. */
    Users users();

    /** What users intend to order. */
    Carts carts();

    /** Coupons, issued first come, first served. */
    Coupons coupons();

    /** Orders: placing, paying and cancelling them. */
    Orders orders();

    /** Payments from outside, and the refunds of them. */
    Payments payments();

    /** Events that could not be delivered. */
    DeadLetters deadLetters();

    /** What the people who run the shop look at and label. */
    BackOffice backOffice();
}
