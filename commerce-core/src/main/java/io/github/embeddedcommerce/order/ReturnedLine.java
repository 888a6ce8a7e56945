package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * What one return gave back of one line of an order. Immutable.
 *
 * @param line the number of the order's line
 * @param quantity how many of its units, at least 1
 * @param refund what was refunded for them: their price less their share of the discount
 */
public record ReturnedLine(int line, long quantity, Money refund) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public ReturnedLine {
        if (line < 1 || quantity < 1 || refund.isNegative()) {
            throw new IllegalArgumentException(
                    "a return cannot refund " + refund + " for " + quantity + " units of line " + line);
        }
    }
}
