package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.jdbc.fixture.ShopFixture.won;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A day on which everything happens that can, of which a part is left open. */
final class EventfulDay {
    private final PaymentTest test;
    private final CommerceFacade shop;
    private final String name;
    private final OptionId cup;
    private final OptionId plate;
    private final UserId cem;
    private final List<Order> open = new ArrayList<>();
    private final List<Payment> undecided = new ArrayList<>();
    private final List<Payment> unapplied = new ArrayList<>();
    private final List<Refund> due = new ArrayList<>();

    EventfulDay(PaymentTest test, String name) {
        this.test = test;
        this.shop = test.shop;
        this.name = name;
        this.cup = test.product("CUP " + name, 100, 100).option("CUP " + name).id();
        this.plate =
                test.product("PLATE " + name, 70, 100).option("PLATE " + name).id();
        this.cem = test.user("cem " + name, 100_000);
    }

    void passes() {
        balances();
        orders();
        payments();
        test.clock.advance(Duration.ofMinutes(20));
        test.expireOverdue();
        unapplied.add(settle(undecided.remove(0)));
        unapplied.add(settle(undecided.remove(0)));
        due.add(shop.payments().refund(unapplied.remove(0).id()));
        shop.jobs().deliverEvents(event -> {}).call();
        test.clock.advance(Duration.ofSeconds(1));
        shop.jobs().snapshotPopularProducts().call();
        try (CommerceFacade patient = test.open(CommerceSettings.defaults().withTimeToPay(Duration.ofHours(25)))) {
            for (int units = 1; units <= 3; units++) {
                open.add(patient.orders().place(PlaceOrder.by(cem).line(cup, units)));
            }
        }
    }

    /** What was left open comes to its end, a day later. */
    void ends() {
        shop.orders().cancel(CancelOrder.by(cem, open.get(0).id()));
        paid(open.get(1));
        test.clock.advance(Duration.ofHours(1));
        test.expireOverdue();
        shop.payments().fail(FailPayment.of(undecided.remove(0).id()));
        shop.payments().close(unapplied.remove(0).id(), "kept");
        for (Refund refund : due) {
            shop.payments().settleRefund(refund.id(), "refund " + name + refund.id());
        }
        shop.jobs().deliverEvents(event -> {}).call();
    }

    private void balances() {
        shop.users().topUp(TopUp.of(cem, won(700)).withKey(new IdempotencyKey("top up " + name)));
        shop.users().adjust(AdjustBalance.of(cem, won(-300), "mistake"));
        shop.products().receiveStock(ReceiveStock.of(cup, 20));
        shop.products().adjustStock(AdjustStock.of(plate, -3, "broken"));
        shop.carts().add(AddToCart.of(cem, cup, 2));
    }

    private void orders() {
        paid(order(2));
        Order reduced = order(4);
        shop.orders().pay(PayOrder.by(cem, reduced.id()).withCoupon(coupon()));
        shop.orders().giveBack(ReturnItems.of(reduced.id()).line(1, 1).restocked());
        shop.orders().giveBack(ReturnItems.of(reduced.id()).line(2, 1));
        shop.orders().cancel(CancelOrder.by(cem, paid(order(1)).id()));
        shop.orders().cancel(CancelOrder.by(cem, order(1).id()).withKey(new IdempotencyKey("cancel " + name)));
        order(1);
        coupon();
    }

    private void payments() {
        settle(begin(order(2)));
        Order both = order(3);
        settle(shop.payments()
                .begin(BeginPayment.by(cem, both.id(), "card")
                        .withAmount(won(200))
                        .withBalance(won(50))));
        shop.orders().pay(PayOrder.by(cem, both.id()));
        shop.payments().fail(FailPayment.of(begin(order(1)).id()));
        Order cancelled = order(1);
        settle(begin(cancelled));
        shop.orders().cancel(CancelOrder.by(cem, cancelled.id()));
        due.addAll(
                shop.payments().listRefunds(cancelled.id(), PageRequest.first()).items());
        for (int i = 0; i < 3; i++) {
            undecided.add(begin(order(1)));
        }
    }

    private Order order(long units) {
        return shop.orders().place(PlaceOrder.by(cem).line(cup, units).line(plate, 1));
    }

    private Order paid(Order order) {
        return shop.orders().pay(PayOrder.by(cem, order.id())).order();
    }

    private Payment begin(Order order) {
        return shop.payments().begin(BeginPayment.by(cem, order.id(), "card"));
    }

    private Payment settle(Payment payment) {
        return shop.payments().settle(SettlePayment.of(payment.id(), "card " + payment.id(), payment.amount()));
    }

    private UserCouponId coupon() {
        CouponId terms = shop.coupons()
                .create(NewCoupon.of(
                                "Ten",
                                DiscountRule.percent(10),
                                test.clock.instant().plus(Duration.ofDays(30)))
                        .limitedTo(5))
                .id();
        return shop.coupons().issue(cem, terms).id();
    }
}
