package io.github.embeddedcommerce.examples.storefront.admin;

import java.time.Duration;

/**
 * How long waits took, in classes that are an eighth of a power of two wide, so a percentile is told within 13 percent,
 * whatever the number of waits. Not thread-safe.
 */
final class WaitHistogram {
    private static final int CLASSES_BITS = 3;
    private static final int CLASSES = 1 << CLASSES_BITS;
    private static final int PER_MILLE = 1_000;

    private final long[] counts = new long[(Long.SIZE - CLASSES_BITS) * CLASSES];
    private long total;

    void add(Duration wait) {
        counts[index(Math.max(0, wait.toNanos() / 1_000))]++;
        total++;
    }

    long total() {
        return total;
    }

    /** The wait in microseconds that so many per mille of the waits did not exceed; 0 if there was none. */
    long percentile(int perMille) {
        long wanted = (total * perMille + PER_MILLE - 1) / PER_MILLE;
        long seen = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return upperBound(i);
            }
        }
        return 0;
    }

    private static int index(long micros) {
        if (micros < CLASSES) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - CLASSES_BITS;
        return (shift << CLASSES_BITS) + (int) (micros >>> shift);
    }

    private static long upperBound(int index) {
        if (index < 2 * CLASSES) {
            return index;
        }
        int shift = (index >> CLASSES_BITS) - 1;
        long lower = (long) (index - (shift << CLASSES_BITS)) << shift;
        return lower + (1L << shift) - 1;
    }
}
