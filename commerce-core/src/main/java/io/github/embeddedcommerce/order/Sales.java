package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * What was sold in a time, and what was given back in it. Immutable.
 *
 * <p>An order counts when it is paid, whatever becomes of it later; what is given back, in a return or with a cancelled
 * order, counts when it is, whenever the order was paid. So the figures of a time in the past do not change, and they
 * add up: those of its parts are those of the whole. From the beginning to now, units less those returned are what
 * users have kept, and revenue less refunds is what they have paid for it.
 *
 * @param orders orders paid in the time; by product, those that include the product, so an order of two products counts
 *     for each
 * @param units units of those orders
 * @param returned units that were given back in the time, of whatever orders, in stock again or not
 * @param revenue what was paid for them, discounts taken off
 * @param discounts what coupons took off them; by product, its lines' share of each discount
 * @param refunds what was given back in the time
 */
public record Sales(long orders, long units, long returned, Money revenue, Money discounts, Money refunds) {
    /** Revenue less refunds; negative if more was given back than sold. */
    public Money net() {
        return revenue.minus(refunds);
    }

    /** Units less those returned; negative if more were given back than sold. */
    public long kept() {
        return units - returned;
    }

    /** These and others, of another part of the time. */
    public Sales plus(Sales other) {
        return new Sales(
                orders + other.orders,
                units + other.units,
                returned + other.returned,
                revenue.plus(other.revenue),
                discounts.plus(other.discounts),
                refunds.plus(other.refunds));
    }
}
