package io.github.embeddedcommerce.examples.benchmark.measure;

import java.util.Locale;

/** What is done once and takes long, by one caller. */
public enum Job {
    /** Expires overdue orders of one line; counted in orders. */
    EXPIRE_OVERDUE,
    /** Makes a snapshot of popular products; counted in the lines of the orders that have been paid. */
    SNAPSHOT,
    /** Starts a new Java process, opens the shop in it, and places an order; counted in starts. */
    COLD_START;

    /** As it is called on the command line, such as {@code cold-start}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
