package io.github.embeddedcommerce.examples.benchmark.measure;

import io.github.embeddedcommerce.examples.benchmark.database.Server;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How the contenders did at one thing. Immutable.
 *
 * @param server on which database
 * @param delay how much later arrives what either side sends; zero without a network
 * @param title what they did
 * @param callers how many at once
 * @param samples of each contender, a sample a round, all of the same length
 * @param roundTrips of each contender, for one operation; empty where there is no network
 */
public record Result(
        Server server,
        Duration delay,
        String title,
        int callers,
        Map<Contender, List<Sample>> samples,
        Map<Contender, Double> roundTrips) {
    /** Copies the maps. */
    public Result {
        samples = Map.copyOf(samples);
        roundTrips = Map.copyOf(roundTrips);
    }

    /** Operations a second of this contender: the median of its rounds, and how far they are apart. */
    public Spread rates(Contender contender) {
        return Spread.of(samplesOf(contender).stream().mapToDouble(Sample::rate));
    }

    /**
     * How many times as fast this contender was as the other: the median of the rounds, each of which is compared with
     * itself, and how far they are apart.
     */
    public Spread ratios(Contender contender, Contender other) {
        List<Sample> mine = samplesOf(contender);
        List<Sample> theirs = samplesOf(other);
        double[] ratios = new double[Math.min(mine.size(), theirs.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = mine.get(i).rate() / theirs.get(i).rate();
        }
        return Spread.of(Arrays.stream(ratios));
    }

    /** Whether this contender took part. */
    public boolean has(Contender contender) {
        return samples.containsKey(contender);
    }

    /** Microseconds of processor time an operation of this contender took in this process: the median of its rounds. */
    public double cpuMicros(Contender contender) {
        return Spread.of(samplesOf(contender).stream().mapToDouble(Sample::cpuMicrosEach))
                .median();
    }

    /** How many operations failed. */
    public long failures(Contender contender) {
        return samplesOf(contender).stream().mapToLong(Sample::failures).sum();
    }

    /** The rounds of this contender. */
    public List<Sample> samplesOf(Contender contender) {
        return samples.getOrDefault(contender, List.of());
    }
}
