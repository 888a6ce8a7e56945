package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The connection breaks at the n-th round trip of a call under a key, before it or after, for every n: made again with
 * its key, the call is done exactly once.
 */
@Tag("T3")
@Tag("T5")
class CutKeyedCallsTest extends CutTest {
    @Test
    void charging_and_adjusting_under_a_key() {
        underKeys(() -> key -> shop -> shop.users().topUp(TopUp.of(ann, won(10)).withKey(key)));
        underKeys(() -> key -> shop ->
                shop.users().adjust(AdjustBalance.of(ann, won(-3), "lost").withKey(key)));
    }

    @Test
    void placing_under_a_key() {
        underKeys(() -> key ->
                shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1).withKey(key)));
        underKeys(() -> {
            shop.carts().add(AddToCart.of(ann, mug, 1));
            return key -> shop -> shop.orders().place(PlaceOrder.fromCart(ann).withKey(key));
        });
    }

    @Test
    void paying_and_cancelling_under_a_key() {
        underKeys(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            UserCouponId coupon = shop.coupons().issue(ann, tenth()).id();
            return key -> shop -> shop.orders()
                    .pay(PayOrder.by(ann, order.id()).withCoupon(coupon).withKey(key));
        });
        underKeys(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            shop.orders().pay(PayOrder.by(ann, order.id()));
            return key ->
                    shop -> shop.orders().cancel(CancelOrder.by(ann, order.id()).withKey(key));
        });
    }

    @Test
    @Tag("M6")
    void giving_back_under_a_key() {
        underKeys(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 2));
            shop.orders().pay(PayOrder.by(ann, order.id()));
            return key -> shop -> shop.orders()
                    .giveBack(ReturnItems.of(order.id()).line(1, 1).restocked().withKey(key));
        });
    }

    @Test
    @Tag("M2")
    void beginning_to_pay_under_a_key() {
        underKeys(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            return key -> shop -> shop.payments()
                    .begin(BeginPayment.by(ann, order.id(), "card")
                            .withBalance(won(100))
                            .withKey(key));
        });
    }

    /** Whatever was cut, and whatever was known of its outcome, the same call with its key is done exactly once. */
    private void underKeys(Supplier<Function<IdempotencyKey, Function<CommerceFacade, ?>>> prepared) {
        CommerceFacade once = cutOnce();
        for (boolean before : new boolean[] {true, false}) {
            int trip = 1;
            boolean cut = true;
            while (cut) {
                Function<CommerceFacade, ?> call = prepared.get().apply(IdempotencyKey.random());
                Contents untouched = Contents.of(pool);
                scissors.cut(trip++, before);
                try {
                    assertThat(call.apply(once)).isNotNull();
                } catch (StorageException lost) {
                    assertThat(lost.error()).isEqualTo(StorageError.CONNECTION_LOST);
                }
                cut = !scissors.isArmed();
                scissors.rest();
                Object answer = call.apply(once);
                Contents done = Contents.of(pool);
                assertThat(done).isNotEqualTo(untouched);
                assertThat(call.apply(once)).isEqualTo(answer);
                assertThat(Contents.of(pool)).isEqualTo(done);
            }
            assertThat(trip).isGreaterThan(4);
        }
        assertThat(violations()).isEmpty();
    }
}
