package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer who turns the pages of a list while it changes: what has been seen does not come again, and nothing is
 * missed.
 */
final class BookmarkSteps {
    private BookmarkSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(2, "begin to list", Step.users(), BookmarkSteps::begin),
                Step.of(3, "go on with the list", Step.pageSizes(), BookmarkSteps::goOn));
    }

    /** Where somebody is in the list of a user's orders: behind the one with this id. */
    record Bookmark(UserId user, @Nullable Cursor cursor, long below) {}

    private static void begin(World world, int choice) {
        world.bookmark = new Bookmark(World.user(choice), null, Long.MAX_VALUE);
        goOn(world, 1);
    }

    private static void goOn(World world, int size) {
        Bookmark at = world.bookmark;
        if (at == null) {
            return;
        }
        world.compare(
                "go on with the orders of " + at.user() + " below " + at.below(),
                () -> {
                    Page<Order> page = world.shop.orders().list(at.user(), new PageRequest(size, at.cursor()));
                    world.bookmark = page.next() == null
                            ? null
                            : new Bookmark(
                                    at.user(), page.next(), last(page).id().value());
                    return page;
                },
                page -> Told.of(page.items().stream().map(Answers::of).toList(), page.next() == null),
                () -> {
                    List<String> rest = world.expected.orders.list(at.user().value(), null, at.below());
                    return Told.of(rest.subList(0, Math.min(size, rest.size())), rest.size() <= size);
                });
    }

    private static Order last(Page<Order> page) {
        return page.items().get(page.items().size() - 1);
    }
}
