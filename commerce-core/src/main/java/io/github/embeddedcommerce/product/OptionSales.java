package io.github.embeddedcommerce.product;

import org.joda.money.Money;

/**
 * What was sold of an option over a time: by the orders that were paid in it. Immutable.
 *
 * @param option the option
 * @param units how many units
 * @param amount what they cost when they were ordered, before discounts
 * @param returnedUnits how many of these units have been given back since, by returns or with a cancelled order
 */
public record OptionSales(OptionId option, long units, Money amount, long returnedUnits) {
    /** The units that were kept. */
    public long keptUnits() {
        return units - returnedUnits;
    }
}
