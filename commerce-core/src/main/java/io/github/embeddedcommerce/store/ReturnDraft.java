package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnedLine;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * A return that is about to be written: all of it but its id. Immutable.
 *
 * @param order the order, whose row is locked
 * @param lines at least one
 * @param restocked whether the units are in stock again
 * @param note free text
 * @param at now
 */
public record ReturnDraft(OrderId order, List<ReturnedLine> lines, boolean restocked, String note, Instant at) {
    /** Copies the lines. */
    public ReturnDraft {
        lines = List.copyOf(lines);
    }

    /** The amount refunded: the sum of the lines. */
    public Money refunded() {
        return Money.total(lines.stream().map(ReturnedLine::refund).toList());
    }

    /** The return, now that it has an id. */
    public Return withId(ReturnId id) {
        return new Return(id, order, lines, restocked, note, at);
    }
}
