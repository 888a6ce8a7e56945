package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The request to place an order. Immutable.
 *
 * <pre>{@code
 * PlaceOrder.by(ann).line(mug, 2).line(spoon, 6)
 * }</pre>
 *
 * @param user who orders
 * @param items what, 1 to {@value #MAX_LINES} lines by the time it is placed; two lines of one option add up
 */
public record PlaceOrder(UserId user, List<OrderItem> items) {
    /** The most lines an order can have. */
    public static final int MAX_LINES = 200;

    /** Refuses null and too many lines (VALIDATION_ERROR). */
    public PlaceOrder {
        Validation.required(user, "user");
        items = Validation.entries(items, "order lines", 0, MAX_LINES);
    }

    /** A request without lines yet. */
    public static PlaceOrder by(UserId user) {
        return new PlaceOrder(user, List.of());
    }

    /** The same with one more line. */
    public PlaceOrder line(OptionId option, long quantity) {
        return new PlaceOrder(
                user,
                Stream.concat(items.stream(), Stream.of(new OrderItem(option, quantity)))
                        .toList());
    }

    /** Refuses a request without lines (VALIDATION_ERROR). Returns this request. */
    public PlaceOrder complete() {
        Validation.entries(items, "order lines", 1, MAX_LINES);
        return this;
    }

    /** How many units are asked for of each option, in the order of the option ids. */
    public SortedMap<OptionId, Long> quantities() {
        SortedMap<OptionId, Long> quantities = new TreeMap<>();
        items.forEach(item -> quantities.merge(item.option(), item.quantity(), Long::sum));
        return quantities;
    }

    /**
     * The order this request makes, with the names and prices of these offers. Refuses an option that is not offered or
     * not on sale (PRODUCT_OPTION_NOT_FOUND).
     */
    public OrderDraft draft(Map<OptionId, Offer> offers, Instant now, Instant expiresAt) {
        List<OrderLine> lines = new ArrayList<>();
        for (OrderItem item : items) {
            Offer offer = offers.get(item.option());
            if (offer == null) {
                throw Offer.notFound(item.option());
            }
            lines.add(new OrderLine(lines.size() + 1, OrderedItem.of(offer.onSale()), offer.price(), item.quantity()));
        }
        return new OrderDraft(user, lines, now, expiresAt);
    }
}
