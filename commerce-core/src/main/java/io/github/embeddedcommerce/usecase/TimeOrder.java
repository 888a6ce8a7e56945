package io.github.embeddedcommerce.usecase;

import java.time.Instant;

/**
 * Times that are written never run backwards, whatever the clocks of the hosts do: what happens to a thing happened no
 * earlier than what happened to it before.
 */
final class TimeOrder {
    private TimeOrder() {}

    /** Now, or the time of what happened before if the clock says that now is earlier. */
    static Instant notBefore(Instant before, Instant now) {
        return now.isBefore(before) ? before : now;
    }
}
