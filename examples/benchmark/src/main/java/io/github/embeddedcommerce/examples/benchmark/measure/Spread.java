package io.github.embeddedcommerce.examples.benchmark.measure;

import java.util.stream.DoubleStream;

/**
 * Some measurements of one thing. Immutable.
 *
 * @param median the one in the middle; of an even number the mean of the two there
 */
public record Spread(double lowest, double median, double highest) {
    /** Of at least one measurement. */
    public static Spread of(DoubleStream measurements) {
        double[] sorted = measurements.sorted().toArray();
        int upper = sorted.length / 2;
        int lower = (sorted.length - 1) / 2;
        return new Spread(sorted[0], (sorted[lower] + sorted[upper]) / 2, sorted[sorted.length - 1]);
    }
}
