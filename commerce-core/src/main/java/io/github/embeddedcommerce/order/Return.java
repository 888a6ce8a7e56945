package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.ErrorCode.RETURN_NOT_FOUND;

import io.github.embeddedcommerce.error.CommerceException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * A return: units of a paid order that were given back, and what was refunded for them. Immutable.
 *
 * @param id assigned by the shop
 * @param order the order
 * @param lines what was given back of each line, at least one, in the order of the order's lines
 * @param restocked whether the units are in stock again
 * @param note free text
 * @param at when
 */
public record Return(ReturnId id, OrderId order, List<ReturnedLine> lines, boolean restocked, String note, Instant at) {
    /** Copies the lines. Throws IllegalArgumentException if there are none, which means a bug or a damaged database. */
    public Return {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("return " + id + " cannot be without lines");
        }
    }

    /** The refusal of an unknown return id. */
    public static CommerceException notFound(ReturnId id) {
        return new CommerceException(
                RETURN_NOT_FOUND,
                "there is no return " + id + ": use an id that giveBack or listReturns returned",
                Map.of("return", id.value()));
    }

    /** The amount refunded: the sum of the lines. */
    public Money refunded() {
        return Money.total(lines.stream().map(ReturnedLine::refund).toList());
    }
}
