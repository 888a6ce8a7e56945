package io.github.embeddedcommerce.examples.storefront;

import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The currency of this shop, which has no unit smaller than one won. */
public final class Won {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");

    private Won() {}

    /** An amount of so many won. */
    public static Money of(long won) {
        return Money.ofMinor(KRW, won);
    }

    /** So many won an amount is. */
    public static long in(Money amount) {
        return amount.getAmountMinorLong();
    }
}
