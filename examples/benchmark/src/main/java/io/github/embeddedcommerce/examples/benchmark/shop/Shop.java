package io.github.embeddedcommerce.examples.benchmark.shop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the contenders are asked to do, each in its own way: every call is one transaction, or one a chunk for the jobs.
 * Amounts are minor units. A call that cannot be carried out throws. Thread-safe.
 */
public interface Shop extends AutoCloseable {
    /**
     * Places an order for one unit of each option.
     *
     * @param key the idempotency key of the call; null for a call without
     * @return the id of the order
     */
    long place(String user, long[] options, @Nullable String key);

    /**
     * Pays an order from the balance of its owner.
     *
     * @param userCoupon the coupon to pay with, as {@link #issue} returned it; null to pay without
     * @param key the idempotency key of the call; null for a call without
     */
    void pay(String user, long order, @Nullable Long userCoupon, @Nullable String key);

    /** Cancels an order that has been paid: money, coupon and stock go back. */
    void cancel(String user, long order);

    /**
     * Issues a coupon to a user.
     *
     * @return the id of the user's coupon
     */
    long issue(String user, long coupon);

    /** Puts money into a balance. */
    void topUp(String user, long amount);

    /** Adds units of an option to the user's cart. */
    void addToCart(String user, long option, long quantity);

    /** Reads the latest 20 orders of a user, with their lines. Returns how many there are. */
    int listOrders(String user);

    /** Reads a product with its options and what is available of each. Returns how many options it has. */
    int viewProduct(long product);

    /** Expires every order that is overdue. Returns how many. */
    long expireOverdue();

    /** Makes the day's snapshot of popular products. Returns how many it ranks. */
    int snapshot();

    /** Registers all of these products in one transaction. */
    void registerAll(List<Goods> goods);

    /** Changes the prices of all of these products in one transaction. */
    void changePrices(List<Long> products, long price);

    /** Receives so many units of all of these options in one transaction. */
    void receiveAll(List<Long> options, long quantity);

    @Override
    void close();
}
