package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductOption;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * An item of the baskets as the shop sells it. Immutable.
 *
 * @param product the product, with its one option, as it was registered
 * @param stock how many units there were at the start
 */
record Article(Product product, long stock) {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");
    private static final int PRICES = 191;

    /** A price from 1,000 to 20,000 in steps of 100 that follows from the name: the same in every run. */
    static Money price(String item) {
        return Money.ofMinor(KRW, 1_000 + 100L * Math.floorMod(item.hashCode(), PRICES));
    }

    /** Its name. */
    String item() {
        return product.name();
    }

    /** What to order. */
    ProductOption option() {
        return product.options().get(0);
    }
}
