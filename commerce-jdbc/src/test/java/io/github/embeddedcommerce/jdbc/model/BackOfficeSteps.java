package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.coupon.CouponCounts;
import io.github.embeddedcommerce.jdbc.model.ReferenceLabels.Label;
import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Item;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What the people who run the shop look at, and write on orders. */
final class BackOfficeSteps {
    private BackOfficeSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(2, "place with a reference", labelled(), BackOfficeSteps::place),
                Step.of(3, "put a reference on", references(), BackOfficeSteps::refer),
                Step.of(1, "put a note on", references(), BackOfficeSteps::note),
                Step.of(3, "list everybody's orders", lists(), BackOfficeSteps::list),
                Step.of(1, "list users by balance", Step.pageSizes(), BackOfficeSteps::users),
                Step.of(1, "list stock", Step.pageSizes(), BackOfficeSteps::stock),
                Step.of(1, "count coupons", Step.pageSizes(), BackOfficeSteps::coupons));
    }

    private record Labelled(int user, int option, Label label) {}

    private record Referring(int order, Label label) {}

    /** Which orders are listed; null for no such condition. */
    record Listing(
            @Nullable String user,
            @Nullable String status,
            @Nullable String reference,
            boolean oldestFirst,
            int size) {}

    private static Arbitrary<Label> labels() {
        return Arbitraries.of(
                new Label("a", true, "gift"),
                new Label("a", false, ""),
                new Label("b", true, ""),
                new Label("", false, "fragile"),
                new Label("", false, ""));
    }

    private static Arbitrary<Labelled> labelled() {
        return Combinators.combine(Step.users(), Step.picks(), labels()).as(Labelled::new);
    }

    private static Arbitrary<Referring> references() {
        return Combinators.combine(Step.picks(), labels()).as(Referring::new);
    }

    private static Arbitrary<Listing> lists() {
        return Combinators.combine(
                        Step.users().map(choice -> World.user(choice).value()).injectNull(0.6),
                        Arbitraries.of(OrderStatus.class).map(OrderStatus::name).injectNull(0.5),
                        Arbitraries.of("a", "b").injectNull(0.7),
                        Arbitraries.of(true, false),
                        Step.pageSizes())
                .as(Listing::new);
    }

    private static Reference reference(Label label) {
        return label.text().isEmpty() ? Reference.none() : new Reference(label.text(), label.unique());
    }

    private static String told(OrderLabels labels) {
        return new Label(labels.reference().text(), labels.reference().isUnique(), labels.note()).toString();
    }

    /** With a reference that is free: when one that is taken is refused is the use case's own affair. */
    private static void place(World world, Labelled wanted) {
        UserId user = World.user(wanted.user());
        Item item = new Item(World.pick(wanted.option(), world.expected.products.units), 1);
        Label label = wanted.label().unique()
                        && !world.expected.labels.isFree(wanted.label().text())
                ? new Label("", false, wanted.label().note())
                : wanted.label();
        world.compare(
                user + " orders " + item + " with " + label,
                () -> {
                    PlaceOrder order = PlaceOrder.by(user).line(new OptionId(item.unit()), item.quantity());
                    return world.shop
                            .orders()
                            .place(order.withReference(reference(label)).withNote(label.note()));
                },
                Answers::of,
                order -> {
                    String placed =
                            world.expected.orders.place(OrderSteps.id(world, order), user.value(), List.of(item));
                    world.expected.labels.put(id(order), label);
                    return placed;
                });
    }

    private static long id(@Nullable Order order) {
        return order == null ? 0 : order.id().value();
    }

    private static void refer(World world, Referring referring) {
        long order = World.pick(referring.order(), world.expected.orders.all);
        Label label = referring.label();
        world.compare(
                "put " + label + " on order " + order,
                () -> world.shop.backOffice().changeReference(new OrderId(order), reference(label)),
                record -> told(record.labels()),
                () -> world.expected.labels.refer(order, label.text(), label.unique()));
    }

    private static void note(World world, Referring referring) {
        long order = World.pick(referring.order(), world.expected.orders.all);
        String note = referring.label().note();
        world.compare(
                "note " + note + " on order " + order,
                () -> world.shop.backOffice().changeNote(new OrderId(order), note),
                record -> told(record.labels()),
                () -> world.expected.labels.note(order, note));
    }

    private static void list(World world, Listing listing) {
        OrderQuery query = query(listing);
        world.compare(
                "list " + query,
                () -> Answers.pages(
                        listing.size(), page -> world.shop.backOffice().listOrders(query, page), BackOfficeSteps::told),
                pages -> pages,
                () -> Told.pages(world.expected.labels.list(listing), listing.size()));
    }

    private static String told(OrderRecord record) {
        return Told.of(Answers.of(record.order()), told(record.labels()));
    }

    private static OrderQuery query(Listing listing) {
        OrderQuery query = OrderQuery.all();
        if (listing.user() != null) {
            query = query.ofUser(new UserId(listing.user()));
        }
        if (listing.status() != null) {
            query = query.withStatus(OrderStatus.valueOf(listing.status()));
        }
        if (listing.reference() != null) {
            query = query.withReference(listing.reference());
        }
        return listing.oldestFirst() ? query.oldestFirst() : query;
    }

    private static void users(World world, int size) {
        UserQuery query = UserQuery.all().sortedBy(UserQuery.Sort.BALANCE_DOWN);
        world.compare(
                "list users by balance",
                () -> Answers.pages(size, page -> world.shop.backOffice().listUsers(query, page), Answers::of),
                pages -> pages,
                () -> Told.pages(world.expected.users.richestFirst(), size));
    }

    private static void stock(World world, int size) {
        world.compare(
                "list stock",
                () -> Answers.pages(
                        size,
                        (PageRequest page) -> world.shop.backOffice().listStock(StockQuery.all(), page),
                        entry -> Answers.of(entry.level())),
                pages -> pages,
                () -> Told.pages(
                        world.expected.products.units.values().stream()
                                .sorted(Comparator.comparing(ReferenceProducts.Unit::available)
                                        .thenComparing(unit -> unit.id))
                                .map(ReferenceProducts.Unit::level)
                                .toList(),
                        size));
    }

    private static void coupons(World world, int size) {
        world.compare(
                "count coupons",
                () -> Answers.pages(size, world.shop.backOffice()::listCoupons, BackOfficeSteps::told),
                pages -> pages,
                () -> Told.pages(world.expected.coupons.counted(), size));
    }

    private static String told(CouponCounts counts) {
        return Told.of(counts.coupon().id(), counts.issued(), counts.used());
    }
}
