package io.github.embeddedcommerce.examples.benchmark.measure;

import java.util.Locale;

/** What is done once and takes long, by one caller. */
public enum Job {
    /** Expires overdue orders of one line; counted in orders. */
    EXPIRE_OVERDUE,
    /** Makes a snapshot of popular products; counted in the lines of the orders that have been paid. */
    SNAPSHOT,
    /** Registers products of one option, a thousand a call; counted in products. */
    REGISTER_MANY,
    /** Changes the prices of products, a thousand a call; counted in products. */
    CHANGE_MANY,
    /** Receives stock of options, a thousand a call; counted in options. */
    RECEIVE_MANY,
    /** Starts a new Java process, opens the shop in it, and places an order; counted in starts. */
    COLD_START;

    /** As it is called on the command line, such as {@code cold-start}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
