package io.github.embeddedcommerce.testkit;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** A user in the making. Not thread-safe. */
public final class GivenUser {
    private final CommerceFacade shop;
    private final CurrencyUnit currency;
    private final UserId id;
    private long balance;

    GivenUser(CommerceFacade shop, CurrencyUnit currency, String id) {
        this.shop = shop;
        this.currency = currency;
        this.id = new UserId(id);
    }

    /** What is topped up, in minor units; by default nothing. */
    public GivenUser withBalance(long minorUnits) {
        this.balance = minorUnits;
        return this;
    }

    /**
     * Registers the user, and tops up the balance.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if the balance is negative
     */
    public UserId registered() {
        shop.users().register(id);
        if (balance != 0) {
            shop.users().topUp(TopUp.of(id, Money.ofMinor(currency, balance)));
        }
        return id;
    }
}
