package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.CART_ITEM_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_CART_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.cart.PlaceFromCart;
import io.github.embeddedcommerce.fixture.Ids;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CartsTest {
    private final StockedShop shop = new StockedShop(5, 100);
    private final Carts carts = shop.door.carts();
    private final Orders orders = shop.door.orders();

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    @Tag("C1")
    @Tag("C2")
    void what_is_added_adds_up_and_reserves_nothing() {
        CartItem two = carts.add(ANN, shop.mug, 2);
        carts.add(ANN, shop.spoon, 10);
        CartItem five = carts.add(ANN, shop.mug, 3);
        assertThat(five).isEqualTo(new CartItem(two.id(), new OrderItem(shop.mug, 5)));
        Cart cart = carts.view(ANN);
        assertThat(cart.lines())
                .extracting(CartLine::item)
                .extracting(CartItem::quantity)
                .containsExactly(5L, 10L);
        assertThat(cart.lines()).extracting(CartLine::subtotal).containsExactly(won(5_000), won(100));
        assertThat(cart.lines()).extracting(CartLine::unitPrice).containsExactly(won(1_000), won(10));
        assertThat(cart.total()).isEqualTo(won(5_100));
        assertThat(shop.level(shop.mug).reserved()).isZero();
        assertThat(carts.view(BOB)).isEqualTo(new Cart(BOB, List.of(), cart.currency()));
        assertThat(carts.view(BOB).total()).isEqualTo(won(0));
    }

    @Test
    @Tag("C1")
    @Tag("E2")
    void no_more_can_be_in_a_cart_than_is_available() {
        carts.add(ANN, shop.mug, 5);
        assertThat(shop.memory
                        .refused(INSUFFICIENT_STOCK, () -> carts.add(ANN, shop.mug, 1))
                        .values())
                .containsEntry("asked", 6L)
                .containsEntry("available", 5L);
        shop.memory.refused(INSUFFICIENT_STOCK, () -> carts.add(BOB, shop.mug, 6));
        shop.mugsFor(BOB, 1);
        CartItemId item = carts.view(ANN).lines().get(0).item().id();
        shop.memory.refused(INSUFFICIENT_STOCK, () -> carts.changeQuantity(ANN, item, 5));
        assertThat(carts.changeQuantity(ANN, item, 4).quantity()).isEqualTo(4);
    }

    @Test
    @Tag("C1")
    @Tag("S5")
    void a_reservation_past_its_time_keeps_nothing_out_of_a_cart() {
        Order overdue = shop.mugsFor(BOB, 5);
        shop.letTimeToPayPass();
        CartItem item = carts.add(ANN, shop.mug, 1);
        assertThat(shop.status(overdue.id())).isEqualTo(OrderStatus.EXPIRED);
        Order again = shop.mugsFor(BOB, 4);
        shop.letTimeToPayPass();
        assertThat(carts.changeQuantity(ANN, item.id(), 5).quantity()).isEqualTo(5);
        assertThat(shop.status(again.id())).isEqualTo(OrderStatus.EXPIRED);
    }

    @Test
    @Tag("C1")
    @Tag("E2")
    void what_is_malformed_or_unknown_cannot_be_added() {
        for (long quantity : new long[] {0, -1, OrderItem.MAX_QUANTITY + 1}) {
            shop.memory.refusedAtTheDoor(INVALID_QUANTITY, () -> carts.add(ANN, shop.mug, quantity));
        }
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> carts.add(nothing(), shop.mug, 1));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> carts.add(ANN, nothing(), 1));
        shop.memory.refused(PRODUCT_OPTION_NOT_FOUND, () -> carts.add(ANN, new OptionId(99), 1));
        shop.memory.refused(USER_NOT_FOUND, () -> carts.add(new UserId("stranger"), shop.mug, 1));
        shop.memory.refused(USER_NOT_FOUND, () -> carts.view(new UserId("stranger")));
        shop.memory.refused(USER_NOT_FOUND, () -> carts.clear(new UserId("stranger")));
    }

    @Test
    @Tag("C3")
    void a_quantity_changes_an_item_leaves_and_a_cart_is_emptied() {
        CartItem mugs = carts.add(ANN, shop.mug, 2);
        CartItem spoons = carts.add(ANN, shop.spoon, 2);
        assertThat(carts.changeQuantity(ANN, mugs.id(), 4)).isEqualTo(mugs.withQuantity(4));
        carts.remove(ANN, mugs.id());
        assertThat(carts.view(ANN).lines()).extracting(CartLine::item).containsExactly(spoons);
        carts.clear(ANN);
        assertThat(carts.view(ANN).lines()).isEmpty();
        carts.clear(ANN);
    }

    @Test
    @Tag("C3")
    @Tag("E2")
    void an_item_is_its_owners_alone() {
        CartItemId anns = carts.add(ANN, shop.mug, 2).id();
        CartItemId unknown = new CartItemId(99);
        assertThat(shop.memory
                        .refused(UNAUTHORIZED_CART_ACCESS, () -> carts.remove(BOB, anns))
                        .values())
                .containsOnly(Map.entry("cartItem", anns.value()), Map.entry("user", "bob"));
        shop.memory.refused(UNAUTHORIZED_CART_ACCESS, () -> carts.changeQuantity(BOB, anns, 1));
        shop.memory.refused(
                UNAUTHORIZED_CART_ACCESS,
                () -> orders.place(PlaceFromCart.of(BOB).item(anns)));
        assertThat(shop.memory
                        .refused(CART_ITEM_NOT_FOUND, () -> carts.remove(ANN, unknown))
                        .values())
                .containsOnly(Map.entry("cartItem", 99L));
        shop.memory.refused(CART_ITEM_NOT_FOUND, () -> carts.changeQuantity(ANN, unknown, 1));
        shop.memory.refused(
                CART_ITEM_NOT_FOUND, () -> orders.place(PlaceFromCart.of(ANN).item(unknown)));
        shop.memory.refused(INVALID_QUANTITY, () -> carts.changeQuantity(ANN, anns, 0));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> carts.remove(nothing(), anns));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> carts.remove(ANN, nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> carts.changeQuantity(nothing(), anns, 1));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> carts.changeQuantity(ANN, nothing(), 1));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> carts.clear(nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> carts.view(nothing()));
    }

    @Test
    @Tag("O1")
    @Tag("C1")
    void what_is_ordered_leaves_the_cart() {
        CartItem mugs = carts.add(ANN, shop.mug, 2);
        CartItem spoons = carts.add(ANN, shop.spoon, 3);
        Order chosen = orders.place(PlaceFromCart.of(ANN).item(spoons.id()));
        assertThat(chosen.total()).isEqualTo(won(30));
        assertThat(carts.view(ANN).lines()).extracting(CartLine::item).containsExactly(mugs);
        Order all = orders.place(PlaceFromCart.allOf(ANN));
        assertThat(all.lines()).extracting(OrderLine::quantity).containsExactly(2L);
        assertThat(carts.view(ANN).lines()).isEmpty();
        assertThat(shop.level(shop.mug).reserved()).isEqualTo(2);
    }

    @Test
    @Tag("O1")
    @Tag("S5")
    @Tag("E2")
    void an_order_that_is_refused_leaves_the_cart_as_it_was() {
        CartItem mugs = carts.add(ANN, shop.mug, 5);
        shop.mugsFor(BOB, 1);
        shop.memory.refused(INSUFFICIENT_STOCK, () -> orders.place(PlaceFromCart.allOf(ANN)));
        assertThat(carts.view(ANN).lines()).extracting(CartLine::item).containsExactly(mugs);
        shop.memory.refused(VALIDATION_ERROR, () -> orders.place(PlaceFromCart.allOf(BOB)));
        shop.memory.refused(USER_NOT_FOUND, () -> orders.place(PlaceFromCart.allOf(new UserId("stranger"))));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.place(PlaceFromCart.of(ANN)));
        shop.letTimeToPayPass();
        assertThat(orders.place(PlaceFromCart.allOf(ANN)).total()).isEqualTo(won(5_000));
    }

    @Test
    @Tag("C2")
    @Tag("E2")
    void a_request_and_a_cart_keep_what_they_were_made_from() {
        CartItemId one = new CartItemId(1);
        List<CartItemId> chosen = new ArrayList<>(List.of(one));
        PlaceFromCart request = new PlaceFromCart(ANN, false, chosen);
        chosen.clear();
        assertThat(request.chosen()).containsExactly(one);
        assertThat(request.complete()).isSameAs(request);
        malformed(() -> request.item(one));
        malformed(() -> PlaceFromCart.allOf(ANN).item(one));
        malformed(() -> PlaceFromCart.of(nothing()));
        malformed(() -> new PlaceFromCart(ANN, false, Collections.nCopies(Cart.MAX_ITEMS + 1, one)));
        Ids.assertNumbers("cart item id", CartItemId::new);
        carts.add(ANN, shop.mug, 1);
        List<CartLine> lines = new ArrayList<>(carts.view(ANN).lines());
        Cart cart = new Cart(ANN, lines, won(0).getCurrencyUnit());
        lines.clear();
        assertThat(cart.lines()).hasSize(1);
    }
}
