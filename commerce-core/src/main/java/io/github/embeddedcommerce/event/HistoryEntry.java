package io.github.embeddedcommerce.event;

import io.github.embeddedcommerce.user.BalanceChange;
import java.time.Instant;
import org.joda.money.Money;

/**
 * Something that happened to an order. Immutable. There will be more kinds of entries than those nested here: a host
 * that tells them apart shows one it does not know by its time.
 */
public interface HistoryEntry {
    /** When it happened. */
    Instant at();

    /**
     * The order was placed.
     *
     * @param total the sum of its lines
     */
    record Placed(Instant at, Money total) implements HistoryEntry {}

    /**
     * The order was paid.
     *
     * @param amount its total less the discount
     */
    record Paid(Instant at, Money amount) implements HistoryEntry {}

    /** The order was cancelled. */
    record Cancelled(Instant at) implements HistoryEntry {}

    /** The order was not paid in time. */
    record Expired(Instant at) implements HistoryEntry {}

    /** The owner's balance changed for the order. */
    record BalanceChanged(BalanceChange change) implements HistoryEntry {
        @Override
        public Instant at() {
            return change.at();
        }
    }

    /** An event was written, with the state of its delivery now. */
    record EventWritten(Delivery delivery) implements HistoryEntry {
        @Override
        public Instant at() {
            return delivery.event().at();
        }
    }
}
