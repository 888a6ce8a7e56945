package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.order.Sales;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A day of a shop that takes cards, as the people who run it see it: from the import to the figures. */
class ShopDayTest extends ShopTest {
    @Test
    @Tag("R3")
    @Tag("R4")
    @Tag("M1")
    @Tag("M3")
    @Tag("M4")
    @Tag("M5")
    @Tag("M6")
    void a_day_goes_from_the_import_of_the_goods_to_the_figures() {
        // In the morning a hundred products are imported in one call.
        shop.products()
                .registerAll(
                        IntStream.range(0, 100)
                                .mapToObj(n -> NewProduct.of("Lamp " + n, "lamps", won(10_000))
                                        .withOption("LAMP-" + n, 10))
                                .toList(),
                        BulkMode.ALL_OR_NOTHING);
        OptionId lamp = shop.products()
                .findBySku("LAMP-7")
                .orElseThrow()
                .options()
                .get(0)
                .id();
        UserId ann = user("ann", 5_000);
        UserId bob = user("bob", 0);

        // Ann orders three lamps. 5,000 won come from her balance, the rest from her card.
        Order anns = shop.orders().place(PlaceOrder.by(ann).line(lamp, 3));
        Payment card =
                shop.payments().begin(BeginPayment.by(ann, anns.id(), "card").withBalance(won(5_000)));
        assertThat(card.amount()).isEqualTo(won(25_000));

        // Her bank takes a while, so the order is held. Then the provider's webhook comes, and comes again.
        clock.advance(Duration.ofMinutes(8));
        SettlePayment webhook = SettlePayment.of(card.id(), "charge-1", won(25_000));
        Payment settled = shop.payments().settle(webhook);
        assertThat(shop.payments().settle(webhook)).isEqualTo(settled);
        assertThat(settled.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.orders().get(ann, anns.id()).status()).isEqualTo(OrderStatus.PAID);

        // Bob begins to pay and goes away; his order expires. The webhook of his money comes too late: it is kept.
        Order bobs = shop.orders().place(PlaceOrder.by(bob).line(lamp, 1));
        Payment late = shop.payments().begin(BeginPayment.by(bob, bobs.id(), "card"));
        clock.advance(Duration.ofHours(1));
        shop.jobs().expireOverdueOrders().call();
        assertThat(shop.payments()
                        .settle(SettlePayment.of(late.id(), "charge-2", late.amount()))
                        .state())
                .isEqualTo(PaymentState.UNAPPLIED);
        assertThat(shop.orders().get(bob, bobs.id()).status()).isEqualTo(OrderStatus.EXPIRED);

        // The shop gives Bob's money back; the host tells the provider, and then the shop that it is done.
        Refund bobsRefund = shop.payments().refund(late.id());
        shop.payments().settleRefund(bobsRefund.id(), "refund-1");
        assertThat(shop.payments().get(late.id()).state()).isEqualTo(PaymentState.CLOSED);

        // Ann sends one lamp back. It is sold again, and its price goes back to her card.
        Return back = shop.orders()
                .giveBack(ReturnItems.of(anns.id()).line(1, 1).restocked().withNote("too bright"));
        assertThat(back.refunded()).isEqualTo(won(10_000));
        assertThat(shop.payments()
                        .listRefunds(RefundState.DUE, PageRequest.first())
                        .items())
                .singleElement()
                .satisfies(due -> shop.payments().settleRefund(due.id(), "refund-2"));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(0));
        assertThat(shop.products().findStock(lamp).orElseThrow().available()).isEqualTo(8);

        // Somebody pays the old way, from the balance.
        UserId cem = user("cem", 20_000);
        Order cems = shop.orders().place(PlaceOrder.by(cem).line(lamp, 2));
        shop.orders().pay(PayOrder.by(cem, cems.id()));

        // The world was told of all of it, in order.
        List<OrderEvent.Type> told = new ArrayList<>();
        shop.jobs()
                .deliverEvents(event -> {
                    if (event.order().equals(anns.id())) {
                        told.add(event.type());
                    }
                })
                .call();
        assertThat(told).containsExactly(OrderEvent.Type.PAID, OrderEvent.Type.RETURNED, OrderEvent.Type.REFUND_DUE);

        // In the evening the figures of the day: five lamps sold, one of them given back. Bob's money is no revenue.
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Sales day = shop.figures()
                .getByDay(ZoneOffset.UTC, today, today.plusDays(1))
                .get(0)
                .sales();
        assertThat(day).isEqualTo(new Sales(2, 5, 1, won(50_000), won(0), won(10_000)));
        assertThat(day.kept()).isEqualTo(4);
        assertThat(day.net()).isEqualTo(won(40_000));

        // And every invariant holds, the equality of these figures and the ledger among them.
        assertThat(shop.jobs().audit().call().isClean()).isTrue();
    }
}
