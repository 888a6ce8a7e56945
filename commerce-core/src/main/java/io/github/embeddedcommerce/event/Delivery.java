package io.github.embeddedcommerce.event;

import io.github.embeddedcommerce.error.FailureText;
import java.time.Instant;
import java.util.function.LongUnaryOperator;

/**
 * An event and the state of its delivery. Immutable.
 *
 * <p>An event waits until it is due, is handed to the sink, and is delivered. If the sink throws, the event waits
 * again, longer each time. After the last try it is a dead letter, with the error, and can be retried or discarded.
 * While an event of an order is neither delivered nor discarded, the later events of that order wait, so that a sink
 * never learns of a cancellation before the payment.
 *
 * @param event what happened
 * @param status the state of the delivery
 * @param at of a waiting event, when it is due; else when it got its status, which is never before it happened
 * @param tries how often it was handed to the sink since it was written or last retried. The try is counted before the
 *     sink has the event, so it counts even if the sink never returns, or its host never comes back
 * @param error why the latest failed try failed, up to {@value #MAX_ERROR} characters; empty if none failed
 */
public record Delivery(OrderEvent event, Status status, Instant at, int tries, String error) {
    /** The longest error that is stored, in characters; a longer one is cut off. */
    public static final int MAX_ERROR = FailureText.MAX_LENGTH;

    /** @throws IllegalArgumentException if the delivery is impossible, which means a bug or a damaged database */
    public Delivery {
        if (tries < 0 || error.length() > MAX_ERROR) {
            throw new IllegalArgumentException(
                    "event " + event.id() + " cannot have failed " + tries + " times with: " + error);
        }
    }

    /** The states of a delivery. */
    public enum Status {
        /** To be handed to the sink, now or later. */
        WAITING,
        /** The sink accepted it. */
        DELIVERED,
        /** A dead letter: the last try failed. */
        DEAD,
        /** Not to be delivered: a discarded dead letter. */
        DISCARDED
    }

    /** The sink accepted it. */
    public Delivery delivered(Instant now) {
        return new Delivery(event, Status.DELIVERED, notBefore(event.at(), now), tries + 1, error);
    }

    /**
     * The sink threw: the event waits for the next try, or is a dead letter if there is none.
     *
     * @param random returns a number from 0 (inclusive) to its argument (exclusive)
     */
    public Delivery failed(String why, Instant now, DeliveryRetry policy, LongUnaryOperator random) {
        int made = tries + 1;
        return made >= policy.tries()
                ? new Delivery(event, Status.DEAD, notBefore(event.at(), now), made, why)
                : new Delivery(event, Status.WAITING, now.plus(policy.pauseAfter(made, random)), made, why);
    }

    /**
     * It is about to be handed to the sink: the try counts from here, so that an event that hangs or kills its host is
     * not tried for ever. The error is what will be true if nobody writes an outcome.
     */
    public Delivery handedOver() {
        return new Delivery(
                event, status, at, tries + 1, "the lease expired: the host that was to deliver it did not come back");
    }

    /** No try is left. */
    public Delivery dead(Instant now) {
        return new Delivery(event, Status.DEAD, notBefore(event.at(), now), tries, error);
    }

    /** It is due now, with all its tries. */
    public Delivery retried(Instant now) {
        return new Delivery(event, Status.WAITING, now, 0, error);
    }

    /** It is not to be delivered. */
    public Delivery discarded(Instant now) {
        return new Delivery(event, Status.DISCARDED, notBefore(at, now), tries, error);
    }

    private static Instant notBefore(Instant before, Instant now) {
        return now.isBefore(before) ? before : now;
    }
}
