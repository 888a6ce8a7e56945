package io.github.embeddedcommerce.store;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.PlaceFromCart;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.fixture.Texts;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Two requests have the same fingerprint if they are the same, and only then. */
@Tag("T5")
class IdempotentCallTest {
    private static final IdempotencyKey KEY = new IdempotencyKey("key");

    @Property
    void orders_are_the_same_if_their_items_are(
            @ForAll("items") List<OrderItem> first, @ForAll("items") List<OrderItem> second) {
        assertThat(IdempotentCall.toPlace(new PlaceOrder(ANN, first), KEY)
                        .equals(IdempotentCall.toPlace(new PlaceOrder(ANN, second), KEY)))
                .isEqualTo(first.equals(second));
    }

    @Property
    void balance_changes_are_the_same_if_amount_note_and_code_are(
            @ForAll("movements") BalanceMovement first, @ForAll("movements") BalanceMovement second) {
        assertThat(IdempotentCall.toChange(ANN, first, KEY).equals(IdempotentCall.toChange(ANN, second, KEY)))
                .isEqualTo(first.equals(second));
    }

    @Example
    void requests_of_different_kinds_are_never_the_same() {
        PayOrder payment = new PayOrder(ANN, new OrderId(1));
        PlaceFromCart chosen = PlaceFromCart.of(ANN).item(new CartItemId(1));
        List<IdempotentCall> requests = List.of(
                IdempotentCall.toPay(payment, KEY),
                IdempotentCall.toPay(new PayOrder(ANN, new OrderId(2)), KEY),
                IdempotentCall.toPay(payment.withCoupon(new UserCouponId(1)), KEY),
                IdempotentCall.toPay(payment.withCoupon(new UserCouponId(2)), KEY),
                IdempotentCall.toCancel(ANN, new OrderId(1), KEY),
                IdempotentCall.toCancel(ANN, new OrderId(2), KEY),
                IdempotentCall.toPlace(PlaceOrder.by(ANN).line(new OptionId(1), 1), KEY),
                IdempotentCall.toPlace(PlaceFromCart.allOf(ANN), KEY),
                IdempotentCall.toPlace(chosen, KEY),
                IdempotentCall.toPlace(chosen.item(new CartItemId(2)), KEY),
                IdempotentCall.toPlace(
                        PlaceFromCart.of(ANN).item(new CartItemId(2)).item(new CartItemId(1)), KEY));
        assertThat(requests).doesNotHaveDuplicates();
        assertThat(requests).extracting(IdempotentCall::fingerprint).doesNotHaveDuplicates();
        assertThat(IdempotentCall.toPay(payment, KEY)).isEqualTo(IdempotentCall.toPay(payment, KEY));
    }

    /** What is kept in a database must be understood by the next version of the library. */
    @Example
    void a_fingerprint_stays_what_it_is() {
        assertThat(IdempotentCall.toPlace(PlaceOrder.by(ANN).line(new OptionId(7), 2), KEY))
                .isEqualTo(new IdempotentCall(
                        ANN, KEY, "orders.place", "edd3ff2620e1d0301602b624fdd46d02bd90c438522bf413d24c5e8b1821f048"));
    }

    @Example
    @Tag("E2")
    void a_key_has_1_to_64_characters() {
        Texts.assertBounds("idempotency key", 1, 64, IdempotencyKey::new);
        assertThat(IdempotencyKey.random()).isNotEqualTo(IdempotencyKey.random());
        assertThat(KEY).hasToString("key");
    }

    @Provide
    Arbitrary<List<OrderItem>> items() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 3), Arbitraries.longs().between(1, 12))
                .as((option, quantity) -> new OrderItem(new OptionId(option), quantity))
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<BalanceMovement> movements() {
        return Combinators.combine(
                        Arbitraries.of(1L, 11L, -1L),
                        Arbitraries.of(BalanceCode.SYSTEM_CHARGE, BalanceCode.ADJUST),
                        Arbitraries.of("", "1", "\n1:1", "a", "a\n1:"))
                .as((amount, code, note) -> new BalanceMovement(Given.won(amount), code, note, ""));
    }
}
