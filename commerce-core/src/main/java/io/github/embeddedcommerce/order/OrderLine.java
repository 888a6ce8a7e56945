package io.github.embeddedcommerce.order;

import java.math.RoundingMode;
import org.joda.money.Money;

/**
 * One line of an order, as it was placed, and how many of its units were given back since. Immutable.
 *
 * @param number 1 for the first line of the order, then consecutive
 * @param item the ordered option
 * @param unitPrice what one unit cost when the order was placed
 * @param quantity how many units, at least 1
 * @param returned how many of them were given back by returns, 0 to {@code quantity}; cancelling the order leaves it as
 *     it is
 */
public record OrderLine(int number, OrderedItem item, Money unitPrice, long quantity, long returned) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public OrderLine {
        if (number < 1 || unitPrice.isNegative() || quantity < 1 || returned < 0 || returned > quantity) {
            throw new IllegalArgumentException("line " + number + " of an order cannot be " + quantity + " units at "
                    + unitPrice + ", " + returned + " of them returned");
        }
    }

    /** A line of an order that is placed: none of its units has been given back. */
    public OrderLine(int number, OrderedItem item, Money unitPrice, long quantity) {
        this(number, item, unitPrice, quantity, 0);
    }

    /** Unit price times quantity. */
    public Money subtotal() {
        return unitPrice.multipliedBy(quantity);
    }

    /** The units that were not given back by returns. */
    public long kept() {
        return quantity - returned;
    }

    /** The line as it was placed. */
    public OrderLine asPlaced() {
        return new OrderLine(number, item, unitPrice, quantity);
    }

    /** The line when so many more of its units have been given back. */
    public OrderLine returning(long units) {
        return new OrderLine(number, item, unitPrice, quantity, returned + units);
    }

    /**
     * What is refunded for the returned units, for all of them together: their part of what the line was paid, rounded
     * down to the minor unit. So the refund of the next units makes good what was rounded off before, and all units
     * give back exactly what the line was paid.
     *
     * @param discountShare the line's share of the discount on the order
     */
    Money refund(Money discountShare) {
        return subtotal().minus(discountShare).multipliedBy(returned).dividedBy(quantity, RoundingMode.DOWN);
    }
}
