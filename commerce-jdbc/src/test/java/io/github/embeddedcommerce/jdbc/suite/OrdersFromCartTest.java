package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.CART_ITEM_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_CART_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ordering what is in a cart. */
class OrdersFromCartTest extends ShopTest {
    OptionId mug;
    OptionId spoon;
    UserId ann;
    UserId bob;
    CartItem mugs;
    CartItem spoons;

    @BeforeEach
    void a_filled_cart() {
        mug = product("MUG", 12_000, 10).option("MUG").id();
        spoon = product("SPOON", 500, 6).option("SPOON").id();
        ann = user("ann", 0);
        bob = user("bob", 0);
        mugs = shop.carts().add(AddToCart.of(ann, mug, 2));
        spoons = shop.carts().add(AddToCart.of(ann, spoon, 6));
    }

    @Test
    @Tag("O1")
    void everything_in_the_cart_is_ordered_and_leaves_it() {
        Order order = shop.orders().place(PlaceOrder.fromCart(ann));

        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(order.quantities()).containsEntry(mug, 2L).containsEntry(spoon, 6L);
        assertThat(order.total()).isEqualTo(won(27_000));
        assertThat(shop.orders().get(ann, order.id())).isEqualTo(order);
        assertThat(items(ann)).isEmpty();
    }

    @Test
    @Tag("O1")
    void chosen_items_are_ordered_and_the_rest_stays() {
        Order order = shop.orders().place(PlaceOrder.fromCart(ann, List.of(spoons.id())));

        assertThat(order.quantities()).containsOnlyKeys(spoon);
        assertThat(items(ann)).containsExactly(mugs);
    }

    @Test
    @Tag("O1")
    @Tag("S3")
    void a_refused_order_leaves_the_cart_as_it_was() {
        shop.orders().place(PlaceOrder.by(bob).line(spoon, 1));

        refused(INSUFFICIENT_STOCK, () -> shop.orders().place(PlaceOrder.fromCart(ann)));

        assertThat(items(ann)).containsExactly(mugs, spoons);
    }

    @Test
    @Tag("S5")
    void stock_held_past_its_time_is_released_for_it() {
        shop.orders().place(PlaceOrder.by(bob).line(spoon, 6));
        clock.advance(Duration.ofMinutes(10));

        assertThat(shop.orders().place(PlaceOrder.fromCart(ann)).quantities()).containsEntry(spoon, 6L);
    }

    @Test
    @Tag("O1")
    @Tag("C3")
    @Tag("E2")
    void what_is_not_in_the_cart_cannot_be_ordered_from_it() {
        CartItemId bobs = shop.carts().add(AddToCart.of(bob, mug, 1)).id();
        UserId nobody = new UserId("nobody");
        refused(
                UNAUTHORIZED_CART_ACCESS,
                () -> shop.orders().place(PlaceOrder.fromCart(ann, List.of(mugs.id(), bobs))));
        refused(
                CART_ITEM_NOT_FOUND,
                () -> shop.orders().place(PlaceOrder.fromCart(ann, List.of(new CartItemId(999999999)))));
        refused(VALIDATION_ERROR, () -> shop.orders().place(PlaceOrder.fromCart(ann, List.of())));
        refused(VALIDATION_ERROR, () -> PlaceOrder.fromCart(ann, List.of(mugs.id(), mugs.id())));
        refused(VALIDATION_ERROR, () -> PlaceOrder.fromCart(ann).line(mug, 1));
        refused(VALIDATION_ERROR, () -> shop.orders().place(nothing()));
        refused(USER_NOT_FOUND, () -> shop.orders().place(PlaceOrder.fromCart(nobody)));
        shop.carts().clear(ann);
        assertThatThrownBy(() -> shop.orders().place(PlaceOrder.fromCart(ann)))
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(VALIDATION_ERROR);
                    assertThat(refusal.field()).contains("cart");
                });

        assertThat(items(bob)).hasSize(1);
    }

    @Test
    @Tag("O1")
    @Tag("T5")
    void under_one_key_a_cart_is_ordered_once_and_nothing_else_from_it() {
        IdempotencyKey key = new IdempotencyKey("chosen");
        PlaceOrder chosen = PlaceOrder.fromCart(ann, List.of(spoons.id())).withKey(key);
        Order order = shop.orders().place(chosen);

        assertThat(shop.orders().place(chosen)).isEqualTo(order);
        refused(
                VALIDATION_ERROR,
                () -> shop.orders()
                        .place(PlaceOrder.fromCart(ann, List.of(mugs.id())).withKey(key)));
        refused(
                VALIDATION_ERROR,
                () -> shop.orders().place(PlaceOrder.fromCart(ann).withKey(key)));
        PlaceOrder rest = PlaceOrder.fromCart(ann).withKey(new IdempotencyKey("rest"));
        Order second = shop.orders().place(rest);
        assertThat(second.quantities()).containsOnlyKeys(mug);
        assertThat(shop.orders().place(rest)).isEqualTo(second);
    }

    @Test
    @Tag("O1")
    @Tag("T7")
    void one_cart_ordered_from_many_places_at_once_is_ordered_once() {
        List<Integer> turns = IntStream.range(0, 8).boxed().toList();

        Together<Order> placed = Together.each(turns, n -> shop.orders().place(PlaceOrder.fromCart(ann)));

        assertThat(placed.results()).hasSize(1);
        assertThat(placed.refusals()).hasSize(7).containsOnly(VALIDATION_ERROR);
        assertThat(items(ann)).isEmpty();
    }

    private List<CartItem> items(UserId user) {
        Cart cart = shop.carts().get(user);
        return cart.lines().stream().map(CartLine::item).toList();
    }
}
