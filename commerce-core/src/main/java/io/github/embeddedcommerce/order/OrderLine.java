package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * One line of an order, as it was placed. Immutable.
 *
 * @param number 1 for the first line of the order, then consecutive
 * @param item the ordered option
 * @param unitPrice what one unit cost when the order was placed
 * @param quantity how many units, at least 1
 */
public record OrderLine(int number, OrderedItem item, Money unitPrice, long quantity) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public OrderLine {
        if (number < 1 || unitPrice.isNegative() || quantity < 1) {
            throw new IllegalArgumentException(
                    "line " + number + " of an order cannot be " + quantity + " units at " + unitPrice);
        }
    }

    /** Unit price times quantity. */
    public Money subtotal() {
        return unitPrice.multipliedBy(quantity);
    }
}
