package io.github.embeddedcommerce.audit;

/**
 * The invariants of the data. Each is about one order, user, product or other thing and what belongs to it, and is
 * checked for some of them by one statement, so it reads one consistent state of a live shop.
 */
public enum Invariant {
    /** 0 ≤ reserved ≤ on hand, for every option; and there is no stock of an option that does not exist. */
    STOCK_WITHIN_BOUNDS("0 <= reserved <= on hand, and the option exists"),
    /** What is on hand is what stock changes brought in, less what paid orders took. */
    STOCK_ON_HAND_EXPLAINED("on hand = stock changes - quantities of orders that were paid"),
    /** What is reserved is what pending orders hold. */
    STOCK_RESERVED_EXPLAINED("reserved = quantities of pending orders"),
    /** Stock was last changed, otherwise than by a sale, when the last of its changes says. */
    STOCK_TIMES_FIT_CHANGES("stock was last changed at the time of the last of its changes"),
    /** No balance is below zero, and each is what its changes add up to and was changed when the last of them says. */
    BALANCE_EXPLAINED("0 <= balance = opening balance + balance changes, changed at the time of the last of them"),
    /**
     * A user's balance changes are numbered without a gap, each starts with the balance after the one before, and the
     * last is not earlier than the one before it.
     */
    BALANCE_CHAIN_UNBROKEN("each balance change starts where the one before ended, and the last is no earlier"),
    /** What the balance history says was paid and refunded for an order is what the order says was. */
    PAYMENTS_MATCH_ORDERS("payments and refunds match the orders they refer to"),
    /** What orders say was paid from outside, and is under way, is what their payments say. */
    OUTSIDE_PAYMENTS_MATCH_ORDERS("payments from outside match the orders they pay for, and closed orders keep none"),
    /** What payments from outside say was refunded is what their refunds say, and never more than was paid. */
    OUTSIDE_REFUNDS_MATCH_PAYMENTS("refunds match the payments they give back, and never exceed them"),
    /**
     * An order has lines, each of an option of the product that it names, its total is their sum, and its discount is
     * within the total.
     */
    ORDER_ADDS_UP("order total = sum of its lines, each of an option of its product, 0 <= discount <= total"),
    /** As many units of a line were given back as its returns say, and an order of which nothing is kept is over. */
    RETURNS_MATCH_LINES("units of a line given back = units of its returns; nothing kept = CANCELLED"),
    /** Returns refund the price less the line's share of the discount, and the order says that it was refunded. */
    RETURNS_REFUND_SHARES("refunds of returns = price - share of the discount, and are what the order was refunded"),
    /** What came back to the stock is what cancelled orders and restocked returns gave back. */
    RETURNED_STOCK_EXPLAINED("units returned to the stock = units of restocked returns and of cancelled paid orders"),
    /** Of a coupon with a limit, as many are counted as issued as users have, and no more than there are. */
    COUPONS_COUNTED("coupons issued = coupons that users have, at most the total"),
    /** A used coupon names the one order that was paid with it; an order that is paid with one has used it. */
    COUPONS_USED_ONCE("a used coupon belongs to exactly one paid order, which names it"),
    /** What a coupon took off an order is what its terms say, at a time and for a total they allow. */
    DISCOUNTS_FOLLOW_TERMS("discount = rate x total rounded down, or the fixed amount, capped by maximum and total"),
    /** Every item of a cart has a quantity that could be ordered. */
    CART_QUANTITIES_WITHIN_BOUNDS("1 <= quantity of a cart item <= the most an order line can have"),
    /** The times of an order fit its status. */
    ORDER_TIMES_FIT_STATUS("an order's times fit its status"),
    /** Every paid, cancelled or expired order has the events of it, and no others. */
    EVENTS_MATCH_ORDERS("every change of an order has exactly one event, or had until it was purged"),
    /** Each product knows how many options it has, and it is no more than are allowed. */
    OPTIONS_COUNTED("a product's option count = its options, at most 200"),
    /** The ranks of a snapshot are 1 to n in its order, and its sales lie within its window. */
    POPULARITY_RANKED("a snapshot of popular products ranks 1 to n, most sold first, within its window"),
    /** No event was delivered while an earlier one of its order was not. */
    EVENTS_IN_ORDER("the events of an order leave in their order"),
    /**
     * What the figures count as revenue and refunds of a user's orders, is what the user has paid and been refunded.
     */
    FIGURES_EQUAL_LEDGER("revenue and refunds of the figures = payments and refunds of the balances"),
    /** What is kept of a request under its key is the outcome of that user's request. */
    KEYS_HAVE_OUTCOMES("every idempotency key that was used has the order, payment or balance change it led to");

    private final String rule;

    Invariant(String rule) {
        this.rule = rule;
    }

    /** The rule in words. */
    public String rule() {
        return rule;
    }
}
