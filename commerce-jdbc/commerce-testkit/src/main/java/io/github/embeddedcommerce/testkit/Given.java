package io.github.embeddedcommerce.testkit;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.user.UserId;
import java.util.Objects;
import org.joda.money.CurrencyUnit;

/**
 * What a test starts from, made by the use cases of the shop: products, users, coupons and orders. Amounts are minor
 * units of the shop's currency. What a test does not say is given a value that is not in the way. Thread-safe; what it
 * hands out is for one thread.
 */
public final class Given {
    private final CommerceFacade shop;
    private final CurrencyUnit currency;
    private final SettableClock clock;

    Given(CommerceFacade shop, CurrencyUnit currency, SettableClock clock) {
        this.shop = shop;
        this.currency = currency;
        this.clock = clock;
    }

    /**
     * For a shop that the host has opened itself.
     *
     * @param shop in transactions of its own
     * @param currency the shop's
     * @param clock the shop's
     */
    public static Given in(CommerceFacade shop, CurrencyUnit currency, SettableClock clock) {
        return new Given(
                Objects.requireNonNull(shop, "shop"),
                Objects.requireNonNull(currency, "currency"),
                Objects.requireNonNull(clock, "clock"));
    }

    /** A product on sale with one option of this sku: priced 1,000 with 100 units, unless said otherwise. */
    public GivenProduct product(String sku) {
        return new GivenProduct(shop, currency, sku);
    }

    /** A registered user with this id and no balance, unless said otherwise. */
    public GivenUser user(String id) {
        return new GivenUser(shop, currency, id);
    }

    /** A coupon of this name: 10 percent, unlimited, for a year from now by the clock, unless said otherwise. */
    public GivenCoupon coupon(String name) {
        return new GivenCoupon(shop, currency, clock, name);
    }

    /** An order of this user, with the lines that are added to it. */
    public GivenOrder order(UserId user) {
        return new GivenOrder(shop, clock, user);
    }
}
