package io.github.embeddedcommerce.jdbc.dialect;

import java.time.Duration;

/**
 * How long one transaction may wait for others. Immutable.
 *
 * @param lockWait for a row lock, at least a millisecond
 * @param answer for the database to answer a statement, lock waits included; zero for no bound
 */
public record WaitBounds(Duration lockWait, Duration answer) {
    /** Whether answers are bounded: those of all that does not read as much as there is. */
    public boolean answersInTime() {
        return !answer.isZero();
    }
}
