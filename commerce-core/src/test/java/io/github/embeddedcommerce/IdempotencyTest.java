package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_ORDER_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.PlaceFromCart;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import io.github.embeddedcommerce.memory.Rows;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever makes a call again under its key gets the first answer again, and nothing is done twice. */
@Tag("T5")
class IdempotencyTest {
    private static final IdempotencyKey KEY = new IdempotencyKey("key");
    private static final IdempotencyKey OTHER = new IdempotencyKey("other");

    private final StockedShop shop = new StockedShop(10, 10);
    private final Orders orders = shop.door.orders();
    private final Users users = shop.door.users();

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    /** Makes the call, lets something happen, and makes it again: the answer is the same, and nothing is written. */
    private <T> T again(Function<IdempotencyKey, T> call, Consumer<T> happening) {
        T first = call.apply(KEY);
        happening.accept(first);
        shop.memory.clock.advance(Duration.ofMinutes(1));
        assertThat(call.apply(KEY)).isEqualTo(first);
        assertThat(lastWrites()).isEmpty();
        return first;
    }

    private List<String> lastWrites() {
        return shop.memory.journals().get(shop.memory.journals().size() - 1).writes();
    }

    @Test
    @Tag("O1")
    void an_order_is_placed_once() {
        Order placed = again(
                key -> orders.place(PlaceOrder.by(ANN).line(shop.mug, 2), key),
                order -> orders.pay(new PayOrder(ANN, order.id())));

        assertThat(placed.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(placed.expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(shop.orders()).containsOnly(entry(OrderStatus.PAID, 1L));
        assertThat(shop.level(shop.mug).onHand()).isEqualTo(8);
    }

    @Test
    @Tag("O1")
    void a_cart_is_ordered_once_even_if_it_has_been_filled_again() {
        shop.door.carts().add(ANN, shop.mug, 2);
        Order placed = again(
                key -> orders.place(PlaceFromCart.allOf(ANN), key),
                order -> shop.door.carts().add(ANN, shop.spoon, 1));

        assertThat(placed.lines()).hasSize(1);
        assertThat(shop.door.carts().view(ANN).lines()).hasSize(1);
    }

    @Test
    @Tag("O2")
    void an_order_is_paid_once_even_if_it_has_been_cancelled_since() {
        Order order = shop.mugsFor(ANN, 2);
        Receipt receipt =
                again(key -> orders.pay(new PayOrder(ANN, order.id()), key), paid -> orders.cancel(ANN, order.id()));

        assertThat(receipt.order().status()).isEqualTo(OrderStatus.PAID);
        assertThat(receipt.order().progress().times().closedAt()).isNull();
        assertThat(receipt.remainingBalance()).isEqualTo(won(8_000));
        assertThat(shop.balance(ANN)).isEqualTo(won(10_000));
    }

    @Test
    @Tag("O2")
    @Tag("K5")
    void a_payment_that_costs_nothing_is_made_once_too() {
        Order order = orders.place(PlaceOrder.by(ANN).line(shop.sample, 1));
        again(key -> orders.pay(new PayOrder(ANN, order.id()), key), paid -> users.charge(ANN, won(1)));
    }

    @Test
    @Tag("O5")
    void an_order_is_cancelled_once() {
        Order pending = shop.mugsFor(ANN, 1);
        Cancellation cancellation = again(key -> orders.cancel(ANN, pending.id(), key), done -> shop.mugsFor(ANN, 1));
        assertThat(cancellation).isEqualTo(new Cancellation(pending.cancelled(NOON), won(0), false));
    }

    @Test
    @Tag("O5")
    @Tag("K4")
    void an_order_that_was_paid_is_refunded_once_and_its_coupon_given_back_once() {
        UserCoupon coupon = tenth();
        Order order = shop.mugsFor(ANN, 2);
        orders.pay(new PayOrder(ANN, order.id()).withCoupon(coupon.id()));
        Cancellation cancellation = again(
                key -> orders.cancel(ANN, order.id(), key),
                done -> orders.pay(new PayOrder(ANN, shop.mugsFor(ANN, 1).id()).withCoupon(coupon.id())));

        assertThat(cancellation.refunded()).isEqualTo(won(1_800));
        assertThat(cancellation.couponReturned()).isTrue();
        assertThat(shop.balance(ANN)).isEqualTo(won(9_100));
    }

    @Test
    @Tag("B2")
    @Tag("B6")
    void a_balance_is_changed_once_even_if_the_history_has_been_purged_since() {
        again(key -> users.charge(ANN, won(5), "gift", key), change -> users.charge(ANN, won(1)));
        BalanceChange down = users.adjust(ANN, won(-7), "lost", OTHER);
        Rows kept = shop.memory.rows();
        shop.memory.tamper(rows -> rows.balanceChanges().clear());
        assertThat(users.adjust(ANN, won(-7), "lost", OTHER)).isEqualTo(down);
        shop.memory.restore(kept);
        assertThat(shop.balance(ANN)).isEqualTo(won(9_999));
    }

    @Test
    void a_key_is_for_one_request_only() {
        Order first = shop.mugsFor(ANN, 1);
        Order second = shop.mugsFor(ANN, 1);
        UserCoupon coupon = tenth();
        orders.pay(new PayOrder(ANN, first.id()), KEY);
        for (ThrowingCallable other : List.<ThrowingCallable>of(
                () -> orders.pay(new PayOrder(ANN, second.id()), KEY),
                () -> orders.pay(new PayOrder(ANN, first.id()).withCoupon(coupon.id()), KEY),
                () -> orders.cancel(ANN, first.id(), KEY),
                () -> orders.place(PlaceOrder.by(ANN).line(shop.mug, 1), KEY),
                () -> orders.place(PlaceFromCart.allOf(ANN), KEY),
                () -> users.charge(ANN, won(1), "", KEY),
                () -> users.adjust(ANN, won(1), "note", KEY))) {
            assertThat(shop.memory.refused(VALIDATION_ERROR, other).values())
                    .containsEntry("idempotencyKey", "key")
                    .containsEntry("user", "ann")
                    .containsEntry("usedFor", "orders.pay");
        }
    }

    @Test
    void a_refusal_leaves_the_key_unused() {
        Order dear = shop.mugsFor(BOB, 1);
        shop.memory.refused(INSUFFICIENT_BALANCE, () -> orders.pay(new PayOrder(BOB, dear.id()), KEY));
        users.charge(BOB, won(1_000));
        assertThat(orders.pay(new PayOrder(BOB, dear.id()), KEY).order().status())
                .isEqualTo(OrderStatus.PAID);

        PlaceOrder all = PlaceOrder.by(ANN).line(shop.mug, 10);
        shop.memory.refused(INSUFFICIENT_STOCK, () -> orders.place(all, KEY));
        shop.door.products().receiveStock(shop.mug, 1, "");
        assertThat(orders.place(all, KEY)).isEqualTo(orders.place(all, KEY));

        shop.memory.refused(UNAUTHORIZED_ORDER_ACCESS, () -> orders.cancel(ANN, dear.id(), OTHER));
        shop.memory.refused(INSUFFICIENT_BALANCE, () -> users.adjust(ANN, won(-99_999), "lost", OTHER));
        users.charge(ANN, won(1), "", OTHER);
    }

    @Test
    void a_refusal_inside_a_transaction_of_several_use_cases_leaves_the_key_unused_too() {
        Order order = shop.mugsFor(ANN, 1);
        String done = shop.door.inTransaction(joined -> {
            joined.orders().pay(new PayOrder(ANN, order.id()), KEY);
            try {
                joined.orders().pay(new PayOrder(ANN, order.id()), OTHER);
                return "paid twice";
            } catch (CommerceException refusal) {
                joined.users().charge(ANN, won(1), "", OTHER);
                return refusal.code().name();
            }
        });
        assertThat(done).isEqualTo(ALREADY_PAID.name());
        assertThat(shop.balance(ANN)).isEqualTo(won(9_001));
    }

    @Test
    void another_user_may_use_the_same_key() {
        users.charge(ANN, won(1), "", KEY);
        users.charge(BOB, won(2), "", KEY);
        assertThat(shop.balance(ANN)).isEqualTo(won(10_001));
        assertThat(shop.balance(BOB)).isEqualTo(won(2));
        shop.memory.refused(USER_NOT_FOUND, () -> users.charge(new UserId("nobody"), won(2), "", KEY));
    }

    @Test
    @Tag("T3")
    void what_is_broken_off_and_tried_again_is_done_once() {
        shop.memory.faults.breakOffEveryTransactionOnce();
        again(key -> users.charge(ANN, won(1), "", key), change -> {});
        again(key -> orders.place(PlaceOrder.by(ANN).line(shop.mug, 1), key.equals(KEY) ? OTHER : key), order -> {});
        assertThat(shop.balance(ANN)).isEqualTo(won(10_001));
        assertThat(shop.orders()).containsOnly(entry(OrderStatus.PENDING, 1L));
    }

    @Test
    @Tag("S5")
    void an_order_that_needed_the_stock_of_an_overdue_one_is_placed_once() {
        shop.mugsFor(BOB, 10);
        shop.letTimeToPayPass();
        again(key -> orders.place(PlaceOrder.by(ANN).line(shop.mug, 10), key), order -> {});
        assertThat(shop.orders()).containsOnly(entry(OrderStatus.EXPIRED, 1L), entry(OrderStatus.PENDING, 1L));
    }

    @Test
    @Tag("B6")
    void who_is_removed_leaves_no_keys_behind() {
        users.charge(BOB, won(1), "", KEY);
        users.adjust(BOB, won(-1), "paid out", OTHER);
        users.remove(BOB);
        users.register(BOB);
        users.charge(BOB, won(5), "", KEY);
        assertThat(shop.balance(BOB)).isEqualTo(won(5));
    }

    @Test
    @Tag("J4")
    void keys_are_forgotten_when_they_are_older_than_the_settings_say() {
        users.charge(ANN, won(1), "", KEY);
        shop.memory.clock.advance(Duration.ofDays(30));
        assertThat(shop.door.jobs().purgeHistory().call().removed(Kind.IDEMPOTENCY_KEYS))
                .isZero();
        users.charge(ANN, won(1), "", KEY);
        shop.memory.clock.advance(Duration.ofNanos(1_000));
        assertThat(shop.door.jobs().purgeHistory().call().removed(Kind.IDEMPOTENCY_KEYS))
                .isEqualTo(1);
        users.charge(ANN, won(1), "", KEY);
        assertThat(shop.balance(ANN)).isEqualTo(won(10_002));
    }

    @Test
    @Tag("E2")
    void a_missing_key_is_refused_at_the_door() {
        Order order = shop.mugsFor(ANN, 1);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> orders.pay(new PayOrder(ANN, order.id()), nothing()),
                () -> orders.cancel(ANN, order.id(), nothing()),
                () -> orders.place(PlaceOrder.by(ANN).line(shop.mug, 1), nothing()),
                () -> orders.place(PlaceFromCart.allOf(ANN), nothing()),
                () -> users.charge(ANN, won(1), "", nothing()),
                () -> users.adjust(ANN, won(1), "note", nothing()))) {
            assertThat(shop.memory.refusedAtTheDoor(VALIDATION_ERROR, call).values())
                    .containsEntry("field", "idempotency key");
        }
    }

    private UserCoupon tenth() {
        NewCoupon coupon = NewCoupon.of("Tenth", DiscountRule.percent(10), NOON.plus(Duration.ofDays(1)));
        return shop.door.coupons().issue(ANN, shop.door.coupons().create(coupon).id());
    }
}
