package io.github.embeddedcommerce.event;

import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.Refund;
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

    /** Units of the order were given back. */
    record GivenBack(Return returned) implements HistoryEntry {
        @Override
        public Instant at() {
            return returned.at();
        }
    }

    /** A payment from outside began. */
    record PaymentBegun(Payment payment) implements HistoryEntry {
        @Override
        public Instant at() {
            return payment.progress().times().begunAt();
        }
    }

    /** A payment from outside got the state that it has now. */
    record PaymentDecided(Instant at, Payment payment) implements HistoryEntry {}

    /** A refund of a payment from outside became due. */
    record RefundBegun(Refund refund) implements HistoryEntry {
        @Override
        public Instant at() {
            return refund.progress().begunAt();
        }
    }

    /** A refund of a payment from outside was settled. */
    record RefundSettled(Instant at, Refund refund) implements HistoryEntry {}

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
