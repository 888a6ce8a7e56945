package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.audit.Invariant;
import java.time.LocalDate;
import java.util.List;

/**
 * What an audit walks over, in this order, by its key. Each invariant is about one of them and what belongs to it, and
 * so can be checked for some of them without the others.
 */
public enum AuditSubject {
    /** Orders with their lines, payments, refunds, returns, events and coupons, by id. */
    ORDERS(
            Key.NUMBER,
            Invariant.OUTSIDE_PAYMENTS_MATCH_ORDERS,
            Invariant.OUTSIDE_REFUNDS_MATCH_PAYMENTS,
            Invariant.ORDER_ADDS_UP,
            Invariant.RETURNS_MATCH_LINES,
            Invariant.RETURNS_REFUND_SHARES,
            Invariant.COUPONS_USED_ONCE,
            Invariant.DISCOUNTS_FOLLOW_TERMS,
            Invariant.ORDER_TIMES_FIT_STATUS,
            Invariant.EVENTS_MATCH_ORDERS,
            Invariant.EVENTS_IN_ORDER),
    /** Users with their balance history and their orders, by id. */
    USERS(
            Key.USER,
            Invariant.BALANCE_EXPLAINED,
            Invariant.BALANCE_CHAIN_UNBROKEN,
            Invariant.PAYMENTS_MATCH_ORDERS,
            Invariant.FIGURES_EQUAL_LEDGER),
    /** Products with the stock of their options, by id. */
    PRODUCTS(
            Key.NUMBER,
            Invariant.STOCK_ON_HAND_EXPLAINED,
            Invariant.STOCK_RESERVED_EXPLAINED,
            Invariant.RETURNED_STOCK_EXPLAINED,
            Invariant.OPTIONS_COUNTED),
    /** Stock, by its option's id: also where the option is gone, by whose product it would be found. */
    STOCK(Key.NUMBER, Invariant.STOCK_WITHIN_BOUNDS, Invariant.STOCK_TIMES_FIT_CHANGES),
    /** Coupons with those that were issued, by id. */
    COUPONS(Key.NUMBER, Invariant.COUPONS_COUNTED),
    /** Carts, by their user's id. */
    CARTS(Key.USER, Invariant.CART_QUANTITIES_WITHIN_BOUNDS),
    /** Idempotency keys, by id. */
    IDEMPOTENCY_KEYS(Key.NUMBER, Invariant.KEYS_HAVE_OUTCOMES),
    /** Snapshots of popular products, by day. */
    SNAPSHOTS(Key.DAY, Invariant.POPULARITY_RANKED);

    private enum Key {
        NUMBER,
        USER,
        DAY
    }

    private static final int CHARACTERS_OF_DAY = 10;
    private static final int CHARACTERS_OF_USER = 64;

    private final Key key;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<Invariant> invariants;

    AuditSubject(Key key, Invariant... invariants) {
        this.key = key;
        this.invariants = List.of(invariants);
    }

    /** The invariants that are about it. */
    public List<Invariant> invariants() {
        return invariants;
    }

    /**
     * A key that is kept as a text: an id, a user's id, or a {@link LocalDate} where it is a day.
     *
     * @throws IllegalArgumentException if the text is no key of this
     * @throws java.time.DateTimeException if it is no day and should be one
     */
    public Object key(String text) {
        Object value = switch (key) {
            case NUMBER -> Long.valueOf(text);
            case USER -> text;
            case DAY -> LocalDate.parse(text);
        };
        if (!value.toString().equals(text) || !fits(text)) {
            throw new IllegalArgumentException("no key of " + name() + ": " + text);
        }
        return value;
    }

    /** Whether a column could hold it: an audit must be able to go on behind any user who is there. */
    private boolean fits(String text) {
        return switch (key) {
            case NUMBER -> true;
            case USER -> text.indexOf('\0') < 0 && text.codePointCount(0, text.length()) <= CHARACTERS_OF_USER;
            case DAY -> text.length() == CHARACTERS_OF_DAY;
        };
    }

    /** Whether its keys are days. */
    public boolean isOfDays() {
        return key == Key.DAY;
    }
}
