package io.github.embeddedcommerce.testkit;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import org.joda.money.Money;

/** An order in the making. Not thread-safe. */
public final class GivenOrder {
    private final CommerceFacade shop;
    private final SettableClock clock;
    private final UserId user;
    private PlaceOrder request;

    GivenOrder(CommerceFacade shop, SettableClock clock, UserId user) {
        this.shop = shop;
        this.clock = clock;
        this.user = user;
        this.request = PlaceOrder.by(user);
    }

    /** One more line. */
    public GivenOrder of(OptionId option, long quantity) {
        this.request = request.line(option, quantity);
        return this;
    }

    /**
     * Places it: PENDING.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException as {@link io.github.embeddedcommerce.Orders#place}
     */
    public Order placed() {
        return shop.orders().place(request);
    }

    /**
     * Places and pays it: PAID. What the balance lacks is topped up before.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException as {@link io.github.embeddedcommerce.Orders#place}
     */
    public Order paid() {
        Order order = placed();
        Money missing = order.total().minus(shop.users().getBalance(user));
        if (missing.isPositive()) {
            shop.users().topUp(TopUp.of(user, missing));
        }
        shop.orders().pay(PayOrder.by(user, order.id()));
        return now(order);
    }

    /**
     * Places and cancels it before it is paid: CANCELLED.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException as {@link io.github.embeddedcommerce.Orders#place}
     */
    public Order cancelled() {
        Order order = placed();
        shop.orders().cancel(CancelOrder.by(user, order.id()));
        return now(order);
    }

    /**
     * Places it, sets the clock to the end of its time to pay, and runs the job: EXPIRED, and with it every other order
     * whose time is over.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException as {@link io.github.embeddedcommerce.Orders#place}
     */
    public Order expired() {
        Order order = placed();
        clock.set(order.expiresAt());
        shop.jobs().expireOverdueOrders().call();
        return now(order);
    }

    private Order now(Order order) {
        return shop.orders().get(user, order.id());
    }
}
