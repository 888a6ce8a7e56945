package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.product.OptionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The carts of users. */
public final class CartRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public CartRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.create("/api/users/{userId}/cart", this::add),
                Route.get("/api/users/{userId}/cart", this::get),
                Route.delete("/api/users/{userId}/cart/{cartItemId}", this::remove));
    }

    record Added(long cartItemId, long productOptionId, long quantity) {}

    record View(List<Item> items, long totalAmount) {}

    record Item(
            long cartItemId,
            long productId,
            String productName,
            long productOptionId,
            @Nullable String optionColor,
            @Nullable String optionSize,
            long price,
            long quantity,
            long subtotal) {
        static Item of(CartLine line) {
            return new Item(
                    line.item().id().value(),
                    line.offer().product().value(),
                    line.offer().details().texts().name(),
                    line.option().id().value(),
                    line.option().attributes().get("color"),
                    line.option().attributes().get("size"),
                    Won.in(line.unitPrice()),
                    line.item().quantity(),
                    Won.in(line.subtotal()));
        }
    }

    private Added add(Call call) {
        Body body = call.body("productOptionId", "quantity");
        OptionId option = new OptionId(body.id("productOptionId"));
        long quantity = body.wholeNumber("quantity");
        AddToCart request = AddToCart.of(call.user(), option, quantity);
        CartItem item = shop.carts().add(call.key().map(request::withKey).orElse(request));
        return new Added(item.id().value(), item.option().value(), item.quantity());
    }

    /** The total is without what is no longer on sale, as it cannot be ordered. */
    private View get(Call call) {
        call.query();
        Cart cart = shop.carts().get(call.user());
        return new View(cart.lines().stream().map(Item::of).toList(), Won.in(cart.total()));
    }

    private @Nullable Object remove(Call call) {
        call.body();
        shop.carts().remove(call.user(), new CartItemId(call.id("cartItemId")));
        return null;
    }
}
