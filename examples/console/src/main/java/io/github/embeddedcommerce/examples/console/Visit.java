package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.examples.console.Market.Shopper;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What became of one basket. Immutable.
 *
 * @param errand who came for what
 * @param place how placing the order went
 * @param pay how paying it went; null if it was not placed
 * @param paid what was paid; null if it was not
 */
record Visit(
        Errand errand,
        Call place,
        @Nullable Call pay,
        @Nullable Money paid) {
    /**
     * A basket and who carries it.
     *
     * @param shopper the user
     * @param basket what they want
     */
    record Errand(Shopper shopper, Basket basket) {}

    /**
     * One call of the shop.
     *
     * @param nanos how long it took
     * @param refusal why it was refused; empty if it was not
     */
    record Call(long nanos, String refusal) {}

    /** Whether the order was placed but not paid: then it holds its units until it expires. */
    boolean isUnpaid() {
        return pay != null && paid == null;
    }

    /** Why there was no sale; empty if there was one. */
    String refusal() {
        return pay == null ? place.refusal() : pay.refusal();
    }
}
