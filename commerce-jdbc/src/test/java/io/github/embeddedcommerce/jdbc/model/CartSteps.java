package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What customers do with their carts. */
final class CartSteps {
    /** The random number for anybody's item, which may be another user's. */
    private static final int ANYBODYS = 5;

    private CartSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(8, "put into cart", contents(), CartSteps::add),
                Step.of(3, "change cart item", contents(), CartSteps::changeQuantity),
                Step.of(2, "remove cart item", contents(), CartSteps::remove),
                Step.of(1, "clear cart", Step.users(), CartSteps::clear),
                Step.of(2, "view cart", Step.users(), CartSteps::view),
                Step.of(4, "order cart", Step.users(), CartSteps::orderAll),
                Step.of(3, "order from cart", choices(), CartSteps::orderChosen));
    }

    private record Content(int user, int choice, long quantity) {}

    private record Choice(int user, List<Integer> choices) {}

    private static Arbitrary<Content> contents() {
        return Combinators.combine(Step.users(), Step.picks(), Step.quantities())
                .as(Content::new);
    }

    private static Arbitrary<Choice> choices() {
        return Combinators.combine(
                        Step.users(),
                        Step.mostly(
                                Arbitraries.of(0, 1, 2).set().ofMinSize(1).map(List::copyOf),
                                Step.picks().list().ofMaxSize(3)))
                .as(Choice::new);
    }

    /** Mostly one of the user's own. */
    private static long item(World world, UserId user, int choice) {
        return World.pick(
                choice, world.expected.carts.all, content -> choice == ANYBODYS || content.user.equals(user.value()));
    }

    /** Mostly the one who put something into the cart last. */
    private static UserId customer(World world, int choice) {
        return choice > 0 || world.expected.carts.all.isEmpty()
                ? World.user(choice)
                : new UserId(world.expected.carts.all.lastEntry().getValue().user);
    }

    private static void add(World world, Content content) {
        UserId user = World.user(content.user());
        long option = World.pick(content.choice(), world.expected.products.units);
        world.compare(
                user + " puts " + content.quantity() + " of option " + option + " into the cart",
                () -> world.shop.carts().add(AddToCart.of(user, new OptionId(option), content.quantity())),
                Answers::of,
                item -> world.expected.carts.add(
                        item == null ? 0 : item.id().value(), user.value(), option, content.quantity()));
    }

    private static void changeQuantity(World world, Content content) {
        UserId user = World.user(content.user());
        long item = item(world, user, content.choice());
        world.compare(
                user + " changes cart item " + item + " to " + content.quantity(),
                () -> world.shop.carts().changeQuantity(user, new CartItemId(item), content.quantity()),
                Answers::of,
                () -> world.expected.carts.changeQuantity(user.value(), item, content.quantity()));
    }

    private static void remove(World world, Content content) {
        UserId user = World.user(content.user());
        long item = item(world, user, content.choice());
        world.compare(
                user + " removes cart item " + item,
                () -> {
                    world.shop.carts().remove(user, new CartItemId(item));
                    return "removed";
                },
                done -> done,
                () -> world.expected.carts.remove(user.value(), item));
    }

    private static void clear(World world, int choice) {
        UserId user = World.user(choice);
        world.compare(
                user + " clears the cart",
                () -> {
                    world.shop.carts().clear(user);
                    return "cleared";
                },
                done -> done,
                () -> world.expected.carts.clear(user.value()));
    }

    private static void view(World world, int choice) {
        UserId user = World.user(choice);
        world.compare(
                user + " views the cart",
                () -> world.shop.carts().get(user),
                Answers::of,
                () -> world.expected.carts.view(user.value()));
    }

    private static void orderAll(World world, int choice) {
        UserId user = customer(world, choice);
        world.compare(
                user + " orders the cart",
                () -> world.shop.orders().place(PlaceOrder.fromCart(user)),
                Answers::of,
                order -> world.expected.carts.orderAll(OrderSteps.id(world, order), user.value()));
    }

    private static void orderChosen(World world, Choice chosen) {
        UserId user = customer(world, chosen.user());
        List<Long> items = chosen.choices().stream()
                .map(choice -> item(world, user, choice))
                .toList();
        world.compare(
                user + " orders the cart items " + items,
                () -> world.shop
                        .orders()
                        .place(PlaceOrder.fromCart(
                                user, items.stream().map(CartItemId::new).toList())),
                Answers::of,
                order -> world.expected.carts.orderChosen(OrderSteps.id(world, order), user.value(), items));
    }
}
