package io.github.embeddedcommerce.event;

import java.time.Instant;
import java.util.function.LongUnaryOperator;

/**
 * How far an event has come on its way to the outside world. Immutable.
 *
 * <p>Its life: it waits for its turn, is handed to the sink, and is delivered. If the sink fails it waits again, longer
 * each time; after the last try it is set aside with the error. What is set aside is either retried, and waits again,
 * or discarded. As long as an event of an order is neither delivered nor discarded, the later ones of that order wait:
 * a sink that has not been told of the payment could make nothing of the cancellation, and a retry would come too late.
 *
 * @param event what happened
 * @param status where it stands
 * @param at when its turn comes, if it waits; else when it was delivered, set aside or discarded
 * @param tries how often it was handed to the sink since it was appended or last retried
 * @param error why the last failed try failed, up to {@value #MAX_ERROR} characters; empty if none has
 */
public record Delivery(OrderEvent event, Status status, Instant at, int tries, String error) {
    /** The most that is kept of an error, in characters. */
    public static final int MAX_ERROR = 1_000;

    /** Refuses a delivery that cannot be: it would mean a bug or a damaged database. */
    public Delivery {
        if (tries < 0 || error.length() > MAX_ERROR) {
            throw new IllegalArgumentException(
                    "event " + event.id() + " cannot have failed " + tries + " times with: " + error);
        }
    }

    /** Where an event can stand. */
    public enum Status {
        /** Its turn will come, or has come. */
        WAITING,
        /** The sink has taken it. */
        DELIVERED,
        /** The last try has failed. */
        SET_ASIDE,
        /** Somebody has given it up. */
        DISCARDED
    }

    /** The sink has taken it. */
    public Delivery delivered(Instant now) {
        return new Delivery(event, Status.DELIVERED, now, tries + 1, error);
    }

    /**
     * The sink has failed: it waits for the next try, or is set aside if there is none.
     *
     * @param random picks a number from 0 up to, and not including, the one it is given
     */
    public Delivery failed(String why, Instant now, DeliveryRetry policy, LongUnaryOperator random) {
        int made = tries + 1;
        return made >= policy.tries()
                ? new Delivery(event, Status.SET_ASIDE, now, made, why)
                : new Delivery(event, Status.WAITING, now.plus(policy.pauseAfter(made, random)), made, why);
    }

    /** A lease ran out and nobody said what became of it: that was a try, too, or it could go on for ever. */
    public Delivery abandoned() {
        return new Delivery(event, status, at, tries + 1, "the host that was to deliver it did not come back in time");
    }

    /** It has been tried too often. */
    public Delivery setAside(Instant now) {
        return new Delivery(event, Status.SET_ASIDE, now, tries, error);
    }

    /** It is to be tried anew. */
    public Delivery retried(Instant now) {
        return new Delivery(event, Status.WAITING, now, 0, error);
    }

    /** It is given up. */
    public Delivery discarded(Instant now) {
        return new Delivery(event, Status.DISCARDED, now, tries, error);
    }
}
