package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * One line of an order, as it was placed. Immutable.
 *
 * @param number 1 for the first line of the order, then counted up
 * @param item what was ordered
 * @param unitPrice what one unit cost when the order was placed
 * @param quantity how many units, at least 1
 */
public record OrderLine(int number, OrderedItem item, Money unitPrice, long quantity) {
    /** Unit price times quantity. */
    public Money subtotal() {
        return unitPrice.multipliedBy(quantity);
    }
}
