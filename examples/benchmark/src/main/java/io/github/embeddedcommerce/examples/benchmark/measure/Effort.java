package io.github.embeddedcommerce.examples.benchmark.measure;

import java.time.Duration;

/**
 * How thoroughly something is measured. Immutable.
 *
 * @param rounds how often each contender is measured, in turn with the others
 * @param time for how long each time
 * @param warmUp for how long each contender works before the first round
 */
public record Effort(int rounds, Duration time, Duration warmUp) {}
