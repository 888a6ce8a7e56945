package io.github.embeddedcommerce.cart;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.KRW;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.SPOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.offer;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Ids;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.ProductOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

class PlaceFromCartTest {
    private final CartItem mugs = new CartItem(new CartItemId(1), new OrderItem(MUG, 2));
    private final CartItem spoons = new CartItem(new CartItemId(2), new OrderItem(SPOON, 6));
    private final SortedMap<CartItemId, CartItem> cart = new TreeMap<>(Map.of(mugs.id(), mugs, spoons.id(), spoons));

    @Example
    @Tag("O1")
    void all_of_a_cart_is_ordered_or_what_is_chosen_in_that_order() {
        assertThat(PlaceFromCart.allOf(ANN).from(cart)).containsExactly(mugs, spoons);
        PlaceFromCart chosen = PlaceFromCart.of(ANN).item(spoons.id()).item(mugs.id());
        assertThat(chosen.from(cart)).containsExactly(spoons, mugs);
        assertThat(chosen.order(chosen.from(cart)).items()).containsExactly(spoons.content(), mugs.content());
    }

    @Example
    @Tag("O1")
    void a_chosen_item_that_is_not_there_is_noticed() {
        CartItemId gone = new CartItemId(3);
        PlaceFromCart chosen = PlaceFromCart.of(ANN).item(mugs.id()).item(gone);
        assertThat(chosen.missingFrom(cart)).contains(gone);
        assertThat(PlaceFromCart.allOf(ANN).missingFrom(cart)).isEmpty();
    }

    @Example
    @Tag("E2")
    void a_request_that_cannot_be_is_refused() {
        malformed(() -> PlaceFromCart.allOf(nothing()));
        malformed(() -> PlaceFromCart.of(nothing()));
        malformed(() -> PlaceFromCart.of(ANN).item(nothing()));
        malformed(() -> PlaceFromCart.of(ANN).complete());
        malformed(() -> PlaceFromCart.allOf(ANN).item(mugs.id()));
        malformed(() -> PlaceFromCart.of(ANN).item(mugs.id()).item(mugs.id()));
        malformed(() -> PlaceFromCart.allOf(ANN).order(List.of()));
        refused(INVALID_QUANTITY, () -> mugs.withQuantity(0));
        refused(INVALID_QUANTITY, () -> mugs.withQuantity(OrderItem.MAX_QUANTITY + 1));
        Ids.assertNumbers("cart item id", CartItemId::new);
    }

    @Example
    @Tag("C2")
    void the_total_is_of_what_is_on_sale() {
        Offer hidden = new Offer(
                SPOON,
                "SPOON",
                offer(SPOON, 10).product(),
                offer(SPOON, 10).details().withOnSale(false));
        Cart seen = new Cart(
                ANN,
                List.of(
                        new CartLine(mugs, offer(MUG, 1_000), new ProductOption(MUG, "MUG", Map.of(), 1)),
                        new CartLine(spoons, hidden, new ProductOption(SPOON, "SPOON", Map.of(), 9))),
                KRW);
        assertThat(seen.lines().get(1).subtotal()).isEqualTo(won(60));
        assertThat(seen.lines().get(1).isOnSale()).isFalse();
        assertThat(seen.total()).isEqualTo(won(2_000));
        assertThat(new Cart(ANN, List.of(), KRW).total()).isEqualTo(won(0));
    }
}
