package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first test to read: what a shop does, from an empty database to a clean audit. */
class PurchaseStoryTest extends ShopTest {
    @Test
    @Tag("P1")
    @Tag("O1")
    @Tag("O2")
    @Tag("S2")
    @Tag("D1")
    void a_mug_is_sold() {
        // The merchant puts a mug on sale, in two colors.
        Product mug = shop.products()
                .register(NewProduct.of("Mug", "kitchen", won(12_000))
                        .describedAs("Keeps tea warm")
                        .withOption("MUG-BLUE", Map.of("color", "blue"), 3)
                        .withOption("MUG-RED", Map.of("color", "red"), 5));
        OptionId blue = mug.option("MUG-BLUE").id();

        // Ann puts money into her balance and orders two blue ones. They are reserved: nobody else can have them.
        UserId ann = shop.users().register(new UserId("ann")).id();
        shop.users().topUp(TopUp.of(ann, won(50_000)));
        Order order = shop.orders().place(PlaceOrder.by(ann).line(blue, 2));
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(order.total()).isEqualTo(won(24_000));
        assertThat(available(mug, "MUG-BLUE")).isEqualTo(1);

        // Bob wants two as well, and is told why he cannot have them.
        UserId bob = shop.users().register(new UserId("bob")).id();
        assertThatThrownBy(() -> shop.orders().place(PlaceOrder.by(bob).line(blue, 2)))
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_STOCK);
                    assertThat(refusal.values()).containsEntry("asked", 2L).containsEntry("available", 1L);
                });

        // Ann pays, and the ledger says so.
        Receipt receipt = shop.orders().pay(PayOrder.by(ann, order.id()));
        assertThat(receipt.paidAmount()).isEqualTo(won(24_000));
        assertThat(receipt.remainingBalance()).isEqualTo(won(26_000));
        BalanceChange latest = shop.users()
                .listBalanceChanges(ann, BalanceQuery.all(), PageRequest.first(1))
                .items()
                .get(0);
        assertThat(latest.movement().code()).isEqualTo(BalanceCode.PAYMENT);
        assertThat(latest.movement().reference()).isEqualTo(order.id().toString());
        assertThat(latest.after()).isEqualTo(won(26_000));

        // Bob takes the last blue one, forgets to pay, and ten minutes later it is for sale again.
        Order forgotten = shop.orders().place(PlaceOrder.by(bob).line(blue, 1));
        assertThat(available(mug, "MUG-BLUE")).isZero();
        clock.advance(Duration.ofMinutes(10));
        assertThat(shop.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        assertThat(shop.orders().get(bob, forgotten.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(available(mug, "MUG-BLUE")).isEqualTo(1);

        // And every invariant holds on the data as it is now.
        assertThat(shop.jobs().audit().call().isClean()).isTrue();
    }

    private long available(Product product, String sku) {
        return shop.products().get(product.id()).option(sku).available();
    }
}
