package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The references and notes on the orders of the reference. */
final class ReferenceLabels {
    private static final String ROWS = """
            select order_id, reference, case when unique_reference is null then 0 else 1 end, note
            from <commerce>order_labels order by order_id
            """;

    private final ReferenceShop shop;
    private final TreeMap<Long, Label> all = new TreeMap<>();

    ReferenceLabels(ReferenceShop shop) {
        this.shop = shop;
    }

    /** What stands on an order; without a reference the text is empty. */
    record Label(String text, boolean unique, String note) {
        @Override
        public String toString() {
            return Told.of(text, unique, note);
        }
    }

    Label of(long order) {
        return all.getOrDefault(order, new Label("", false, ""));
    }

    boolean isFree(String text) {
        return all.values().stream().noneMatch(label -> label.unique && label.text.equals(text));
    }

    void put(long order, Label label) {
        if (label.text.isEmpty() && label.note.isEmpty()) {
            all.remove(order);
        } else {
            all.put(order, label);
        }
    }

    String refer(long order, String text, boolean unique) {
        Refused.unless(shop.orders.all.get(order), ORDER_NOT_FOUND);
        Label before = of(order);
        boolean own = before.unique && before.text.equals(text);
        Refused.when(unique && !own && !isFree(text), VALIDATION_ERROR);
        put(order, new Label(text, unique, before.note));
        return of(order).toString();
    }

    String note(long order, String note) {
        Refused.unless(shop.orders.all.get(order), ORDER_NOT_FOUND);
        put(order, new Label(of(order).text, of(order).unique, note));
        return of(order).toString();
    }

    /** The orders that a query selects, each with what stands on it, the latest placed first. */
    List<String> list(BackOfficeSteps.Listing listing) {
        Stream<ReferenceOrders.Placed> orders = shop.orders.all.descendingMap().values().stream()
                .filter(order -> listing.user() == null || order.user.equals(listing.user()))
                .filter(order -> listing.status() == null || order.is(listing.status()))
                .filter(order ->
                        listing.reference() == null || of(order.id).text.equals(listing.reference()));
        List<String> listed =
                orders.map(order -> Told.of(order.told(), of(order.id))).toList();
        return listing.oldestFirst() ? reversed(listed) : listed;
    }

    private static List<String> reversed(List<String> entries) {
        return Stream.iterate(entries.size() - 1, i -> i >= 0, i -> i - 1)
                .map(entries::get)
                .toList();
    }

    void write(Map<String, Collection<String>> books) {
        books.put(
                ROWS,
                all.entrySet().stream()
                        .map(one -> Told.of(
                                one.getKey(),
                                one.getValue().text.isEmpty() ? null : one.getValue().text,
                                one.getValue().unique ? 1 : 0,
                                one.getValue().note))
                        .toList());
    }
}
