package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.CART_ITEM_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_CART_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.stock.Quantity;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What users mean to order. */
class CartsTest extends ShopTest {
    OptionId blue;
    OptionId red;
    OptionId spoon;
    UserId ann;
    UserId bob;

    @BeforeEach
    void two_products_and_two_users() {
        Product mugs = shop.products()
                .register(NewProduct.of("Mug", "kitchen", won(12_000))
                        .withOption("MUG-BLUE", Map.of("color", "blue"), 10)
                        .withOption("MUG-RED", Map.of("color", "red"), 5));
        blue = mugs.option("MUG-BLUE").id();
        red = mugs.option("MUG-RED").id();
        spoon = product("SPOON", 500, 1_000).option("SPOON").id();
        ann = user("ann", 0);
        bob = user("bob", 0);
    }

    @Test
    @Tag("C2")
    void a_cart_is_seen_with_its_products_at_todays_price() {
        CartItem spoons = shop.carts().add(AddToCart.of(ann, spoon, 6));
        CartItem mugs = shop.carts().add(AddToCart.of(ann, red, 2));
        shop.carts().add(AddToCart.of(bob, blue, 1));

        Cart cart = shop.carts().get(ann);

        assertThat(cart.user()).isEqualTo(ann);
        assertThat(cart.lines()).extracting(CartLine::item).containsExactly(spoons, mugs);
        assertThat(cart.lines()).extracting(CartLine::unitPrice).containsExactly(won(500), won(12_000));
        assertThat(cart.lines()).extracting(CartLine::subtotal).containsExactly(won(3_000), won(24_000));
        assertThat(cart.total()).isEqualTo(won(27_000));
        CartLine line = cart.lines().get(1);
        assertThat(line.offer().details().texts().name()).isEqualTo("Mug");
        assertThat(line.option().sku()).isEqualTo("MUG-RED");
        assertThat(line.option().attributes()).isEqualTo(Map.of("color", "red"));
        assertThat(line.option().available()).isEqualTo(5);
        assertThat(line.isOnSale()).isTrue();
    }

    @Test
    @Tag("C2")
    @Tag("E2")
    void an_empty_cart_comes_to_nothing_and_a_cart_needs_a_user() {
        assertThat(shop.carts().get(ann).lines()).isEmpty();
        assertThat(shop.carts().get(ann).total()).isEqualTo(won(0));
        refused(USER_NOT_FOUND, () -> shop.carts().get(new UserId("nobody")));
        refused(VALIDATION_ERROR, () -> shop.carts().get(nothing()));
    }

    @Test
    @Tag("C1")
    void adding_what_is_there_adds_up() {
        CartItem first = shop.carts().add(AddToCart.of(ann, blue, 2));
        CartItem second = shop.carts().add(AddToCart.of(ann, blue, 3));

        assertThat(second).isEqualTo(new CartItem(first.id(), blue, 5));
        assertThat(shop.carts().get(ann).lines()).extracting(CartLine::item).containsExactly(second);
    }

    @Test
    @Tag("C1")
    void a_cart_holds_no_more_than_is_available_and_reserves_nothing() {
        shop.carts().add(AddToCart.of(ann, blue, 10));
        refused(INSUFFICIENT_STOCK, () -> shop.carts().add(AddToCart.of(ann, blue, 1)));
        refused(INSUFFICIENT_STOCK, () -> shop.carts().add(AddToCart.of(bob, blue, 11)));
        shop.carts().add(AddToCart.of(bob, blue, 10));
        shop.orders().place(PlaceOrder.by(bob).line(blue, 4));

        UserId carl = user("carl", 0);
        refused(INSUFFICIENT_STOCK, () -> shop.carts().add(AddToCart.of(carl, blue, 7)));
        assertThat(shop.carts().add(AddToCart.of(carl, blue, 6)).quantity()).isEqualTo(6);
        assertThat(shop.carts().get(ann).lines().get(0).option().available()).isEqualTo(6);
    }

    @Test
    @Tag("C1")
    @Tag("S5")
    void a_reservation_past_its_time_keeps_nothing_out_of_a_cart() {
        shop.orders().place(PlaceOrder.by(bob).line(blue, 10));
        refused(INSUFFICIENT_STOCK, () -> shop.carts().add(AddToCart.of(ann, blue, 1)));
        clock.advance(Duration.ofMinutes(10));

        CartItem item = shop.carts().add(AddToCart.of(ann, blue, 1));

        shop.orders().place(PlaceOrder.by(bob).line(blue, 10));
        refused(INSUFFICIENT_STOCK, () -> shop.carts().changeQuantity(ann, item.id(), 10));
        clock.advance(Duration.ofMinutes(10));
        assertThat(shop.carts().changeQuantity(ann, item.id(), 10).quantity()).isEqualTo(10);
    }

    @Test
    @Tag("C1")
    @Tag("E2")
    void what_cannot_be_added_is_refused() {
        OptionId hidden = shop.products()
                .register(NewProduct.of("Hidden", "test", won(1))
                        .withOption("HIDDEN", 1)
                        .notOnSale())
                .option("HIDDEN")
                .id();
        refused(PRODUCT_OPTION_NOT_FOUND, () -> shop.carts().add(AddToCart.of(ann, hidden, 1)));
        refused(PRODUCT_OPTION_NOT_FOUND, () -> shop.carts().add(AddToCart.of(ann, new OptionId(999999999), 1)));
        refused(USER_NOT_FOUND, () -> shop.carts().add(AddToCart.of(new UserId("nobody"), blue, 1)));
        refused(INVALID_QUANTITY, () -> shop.carts().add(AddToCart.of(ann, blue, 0)));
        refused(INVALID_QUANTITY, () -> shop.carts().add(AddToCart.of(ann, blue, -1)));
        refused(INVALID_QUANTITY, () -> shop.carts().add(AddToCart.of(ann, blue, Long.MAX_VALUE)));
        refused(VALIDATION_ERROR, () -> shop.carts().add(AddToCart.of(nothing(), blue, 1)));
        refused(VALIDATION_ERROR, () -> shop.carts().add(AddToCart.of(ann, nothing(), 1)));
        shop.products().receiveStock(ReceiveStock.of(spoon, Quantity.MAX));
        shop.carts().add(AddToCart.of(ann, spoon, Quantity.MAX));
        refused(INVALID_QUANTITY, () -> shop.carts().add(AddToCart.of(ann, spoon, 1)));

        assertThat(shop.carts().get(ann).lines()).hasSize(1);
    }

    @Test
    @Tag("C1")
    void a_cart_has_no_more_items_than_an_order_can_have_lines() {
        NewProduct many = NewProduct.of("Many", "test", won(1));
        for (int i = 0; i < Cart.MAX_ITEMS; i++) {
            many = many.withOption("MANY-" + i, 1);
        }
        shop.products().register(many).options().forEach(option -> shop.carts().add(AddToCart.of(ann, option.id(), 1)));

        refused(VALIDATION_ERROR, () -> shop.carts().add(AddToCart.of(ann, blue, 1)));

        assertThat(shop.carts().get(ann).lines()).hasSize(Cart.MAX_ITEMS);
    }

    @Test
    @Tag("C3")
    void a_quantity_is_changed_and_an_item_removed() {
        CartItem mugs = shop.carts().add(AddToCart.of(ann, blue, 2));
        CartItem spoons = shop.carts().add(AddToCart.of(ann, spoon, 6));

        assertThat(shop.carts().changeQuantity(ann, mugs.id(), 10).quantity()).isEqualTo(10);
        refused(INSUFFICIENT_STOCK, () -> shop.carts().changeQuantity(ann, mugs.id(), 11));
        shop.carts().remove(ann, spoons.id());

        assertThat(shop.carts().get(ann).lines())
                .extracting(CartLine::item)
                .containsExactly(new CartItem(mugs.id(), mugs.option(), 10));
    }

    @Test
    @Tag("C3")
    void a_cleared_cart_is_empty_and_can_be_filled_again() {
        shop.carts().clear(ann);
        shop.carts().add(AddToCart.of(ann, blue, 2));
        shop.carts().add(AddToCart.of(bob, blue, 1));
        shop.carts().clear(ann);

        assertThat(shop.carts().get(ann).lines()).isEmpty();
        assertThat(shop.carts().get(bob).lines()).hasSize(1);
        assertThat(shop.carts().add(AddToCart.of(ann, blue, 1)).quantity()).isEqualTo(1);
    }

    @Test
    @Tag("C3")
    @Tag("E2")
    void somebody_elses_items_and_unknown_ones_are_refused() {
        CartItemId anns = shop.carts().add(AddToCart.of(ann, blue, 2)).id();
        CartItemId unknown = new CartItemId(999999999);
        UserId nobody = new UserId("nobody");
        refused(UNAUTHORIZED_CART_ACCESS, () -> shop.carts().changeQuantity(bob, anns, 1));
        refused(UNAUTHORIZED_CART_ACCESS, () -> shop.carts().remove(bob, anns));
        refused(CART_ITEM_NOT_FOUND, () -> shop.carts().changeQuantity(ann, unknown, 1));
        refused(CART_ITEM_NOT_FOUND, () -> shop.carts().remove(ann, unknown));
        refused(USER_NOT_FOUND, () -> shop.carts().changeQuantity(nobody, anns, 1));
        refused(USER_NOT_FOUND, () -> shop.carts().remove(nobody, anns));
        refused(USER_NOT_FOUND, () -> shop.carts().clear(nobody));
        refused(INVALID_QUANTITY, () -> shop.carts().changeQuantity(ann, anns, 0));
        refused(INVALID_QUANTITY, () -> shop.carts().changeQuantity(ann, anns, Quantity.MAX + 1));
        refused(VALIDATION_ERROR, () -> shop.carts().changeQuantity(ann, nothing(), 1));
        refused(VALIDATION_ERROR, () -> shop.carts().remove(nothing(), anns));
        refused(VALIDATION_ERROR, () -> shop.carts().clear(nothing()));
        shop.carts().remove(ann, anns);
        refused(CART_ITEM_NOT_FOUND, () -> shop.carts().remove(ann, anns));
    }

    @Test
    @Tag("C2")
    @Tag("C3")
    @Tag("P4")
    void what_was_taken_off_sale_stays_to_be_seen_and_can_only_be_removed() {
        CartItem spoons = shop.carts().add(AddToCart.of(ann, spoon, 6));
        CartItem mugs = shop.carts().add(AddToCart.of(ann, blue, 1));
        shop.products().change(shop.carts().get(ann).lines().get(0).offer().product(), offSale());

        Cart cart = shop.carts().get(ann);
        assertThat(cart.lines()).extracting(CartLine::isOnSale).containsExactly(false, true);
        assertThat(cart.total()).isEqualTo(won(12_000));
        refused(PRODUCT_OPTION_NOT_FOUND, () -> shop.carts().add(AddToCart.of(ann, spoon, 1)));
        refused(PRODUCT_OPTION_NOT_FOUND, () -> shop.carts().changeQuantity(ann, spoons.id(), 1));
        refused(PRODUCT_OPTION_NOT_FOUND, () -> shop.orders().place(PlaceOrder.fromCart(ann)));
        assertThat(shop.carts().get(ann)).isEqualTo(cart);

        shop.orders().place(PlaceOrder.fromCart(ann, List.of(mugs.id())));
        shop.carts().remove(ann, spoons.id());
        assertThat(shop.carts().get(ann).lines()).isEmpty();
    }

    private static ProductChange offSale() {
        return ProductChange.none().withOnSale(false);
    }

    @Test
    @Tag("C1")
    @Tag("T7")
    void additions_of_one_option_at_once_add_up_to_one_item() {
        List<Integer> turns = IntStream.range(0, 40).boxed().toList();

        Together<CartItem> added = Together.each(turns, n -> shop.carts().add(AddToCart.of(ann, spoon, 2)));

        assertThat(added.results()).hasSize(40);
        assertThat(shop.carts().get(ann).lines())
                .extracting(line -> line.item().quantity())
                .containsExactly(80L);
    }

    @Test
    @Tag("C1")
    @Tag("C3")
    void calls_for_different_items_of_one_cart_at_once_lose_nothing() {
        CartItemId mugs = shop.carts().add(AddToCart.of(ann, blue, 1)).id();
        List<Runnable> calls = List.of(
                () -> shop.carts().add(AddToCart.of(ann, spoon, 2)),
                () -> shop.carts().add(AddToCart.of(ann, red, 3)),
                () -> shop.carts().changeQuantity(ann, mugs, 7),
                () -> shop.carts().add(AddToCart.of(bob, red, 5)));

        Together<Boolean> done = Together.each(calls, call -> {
            call.run();
            return true;
        });

        assertThat(done.results()).hasSize(4);
        assertThat(shop.carts().get(ann).lines())
                .extracting(line -> line.item().quantity())
                .containsExactlyInAnyOrder(7L, 2L, 3L);
        assertThat(shop.carts().get(bob).lines()).hasSize(1);
    }
}
