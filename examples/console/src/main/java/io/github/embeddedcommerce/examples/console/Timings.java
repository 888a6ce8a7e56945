package io.github.embeddedcommerce.examples.console;

import java.util.stream.LongStream;

/** How long many calls took. Immutable. */
final class Timings {
    private final long[] sorted;

    Timings(LongStream nanos) {
        this.sorted = nanos.sorted().toArray();
    }

    /** How many calls there were. */
    int calls() {
        return sorted.length;
    }

    /**
     * The shortest time within which at least this percentage of the calls was done, one of the recorded times (nearest
     * rank); 0 if there was no call.
     *
     * @param percent 1 to 100
     */
    long percentile(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a percentile is from 1 to 100, not " + percent);
        }
        if (sorted.length == 0) {
            return 0;
        }
        long rank = ((long) sorted.length * percent + 99) / 100;
        return sorted[(int) rank - 1];
    }
}
