package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The request to give units of a paid order back. Immutable.
 *
 * <pre>{@code
 * ReturnItems.of(order.id()).line(1, 2).line(3, 1).restocked().withNote("too small").withKey(key)
 * }</pre>
 *
 * @param order which order
 * @param lines how many units of which lines, 1 to {@value PlaceOrder#MAX_LINES} when they are given back, each line
 *     once
 * @param restock whether the units are stock again, to be sold; by default they are not
 * @param note free text for the return, up to 255 characters, may be empty
 * @param key the idempotency key, one of the shop's; null for none
 */
public record ReturnItems(
        OrderId order,
        List<ReturnItem> lines,
        boolean restock,
        String note,
        @Nullable IdempotencyKey key) {
    /** Refuses null, too many lines, a repeated line, and a note that is too long (VALIDATION_ERROR). */
    public ReturnItems {
        Validation.required(order, "order");
        lines = Validation.entries(lines, "lines", 0, PlaceOrder.MAX_LINES);
        Set<Integer> seen = new HashSet<>();
        for (ReturnItem item : lines) {
            if (!seen.add(item.line())) {
                throw Validation.refusal(
                        "lines[" + seen.size() + "].line",
                        "must differ from every other line, it is " + item.line() + " again",
                        Map.of("line", item.line()));
            }
        }
        Validation.text(note, "note", 0, 255);
    }

    /** A request without lines yet. */
    public static ReturnItems of(OrderId order) {
        return new ReturnItems(order, List.of(), false, "", null);
    }

    /** The same with so many units of one more line of the order. */
    public ReturnItems line(int number, long quantity) {
        ReturnItem added = Validation.part("lines[" + lines.size() + "]", () -> new ReturnItem(number, quantity));
        return new ReturnItems(
                order, Stream.concat(lines.stream(), Stream.of(added)).toList(), restock, note, key);
    }

    /** The same, with the units in stock again. */
    public ReturnItems restocked() {
        return new ReturnItems(order, lines, true, note, key);
    }

    /** The same with this note. */
    public ReturnItems withNote(String text) {
        return new ReturnItems(order, lines, restock, text, key);
    }

    /** The same with this idempotency key. */
    public ReturnItems withKey(IdempotencyKey newKey) {
        return new ReturnItems(order, lines, restock, note, Validation.required(newKey, "key"));
    }

    /** Refuses a request without lines (VALIDATION_ERROR). Returns this request. */
    public ReturnItems validated() {
        Validation.entries(lines, "lines", 1, PlaceOrder.MAX_LINES);
        return this;
    }
}
