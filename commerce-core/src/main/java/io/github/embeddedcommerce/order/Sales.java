package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * What was sold in a time, and what was given back in it. Immutable.
 *
 * <p>An order counts when it is paid, whatever becomes of it later; a refund counts when it is made, whenever the order
 * was paid. So the figures of a time in the past do not change, and they add up: those of its parts are those of the
 * whole. Revenue less refunds, from the beginning to now, is what users have paid for orders and not been given back.
 *
 * @param orders orders paid in the time; by product, those that include the product, so an order of two products counts
 *     for each
 * @param units units of those orders
 * @param revenue what was paid for them, discounts taken off
 * @param discounts what coupons took off them; by product, its lines' share of each discount
 * @param refunds what was given back in the time
 */
public record Sales(long orders, long units, Money revenue, Money discounts, Money refunds) {
    /** Revenue less refunds; negative if more was given back than sold. */
    public Money net() {
        return revenue.minus(refunds);
    }

    /** These and others, of another part of the time. */
    public Sales plus(Sales other) {
        return new Sales(
                orders + other.orders,
                units + other.units,
                revenue.plus(other.revenue),
                discounts.plus(other.discounts),
                refunds.plus(other.refunds));
    }
}
