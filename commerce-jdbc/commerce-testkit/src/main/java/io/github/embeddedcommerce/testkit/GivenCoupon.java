package io.github.embeddedcommerce.testkit;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** A coupon in the making. Not thread-safe. */
public final class GivenCoupon {
    private final CommerceFacade shop;
    private final CurrencyUnit currency;
    private final SettableClock clock;
    private final String name;
    private DiscountRule discount = DiscountRule.percent(10);
    private Duration validity = Duration.ofDays(365);
    private @Nullable Long total;

    GivenCoupon(CommerceFacade shop, CurrencyUnit currency, SettableClock clock, String name) {
        this.shop = shop;
        this.currency = currency;
        this.clock = clock;
        this.name = name;
    }

    /** A rate; by default 10 percent. */
    public GivenCoupon percent(long rate) {
        this.discount = DiscountRule.percent(rate);
        return this;
    }

    /** A fixed amount, in minor units. */
    public GivenCoupon amount(long minorUnits) {
        this.discount = DiscountRule.amount(Money.ofMinor(currency, minorUnits));
        return this;
    }

    /** How many are issued at most; by default as many as are asked for. */
    public GivenCoupon limitedTo(long newTotal) {
        this.total = newTotal;
        return this;
    }

    /** How long it is valid from now on, by the clock; by default 365 days. */
    public GivenCoupon validFor(Duration time) {
        this.validity = time;
        return this;
    }

    /**
     * Creates it.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if a value is out of range
     */
    public Coupon created() {
        NewCoupon coupon = NewCoupon.of(name, discount, clock.instant().plus(validity));
        return shop.coupons().create(total == null ? coupon : coupon.limitedTo(total));
    }

    /**
     * Creates it and issues one to this user.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException as {@link #created}; USER_NOT_FOUND if the user is not
     *     registered; COUPON_SOLD_OUT if it is limited to none
     */
    public UserCouponId issuedTo(UserId user) {
        return shop.coupons().issue(user, created().id()).id();
    }
}
