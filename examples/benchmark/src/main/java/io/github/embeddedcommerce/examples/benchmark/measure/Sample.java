package io.github.embeddedcommerce.examples.benchmark.measure;

/**
 * What one contender did in one round.
 *
 * @param operations how many operations succeeded; of a job, how many rows it dealt with
 * @param failures how many failed
 * @param seconds in how long
 * @param cpuSeconds how much processor time the callers took, in this process; 0 where nobody looked
 * @param roundTrips to the database in that time; 0 where nobody counted
 */
public record Sample(long operations, long failures, double seconds, double cpuSeconds, long roundTrips) {
    /** One that nothing but the time is known of. */
    static Sample of(long operations, long nanos) {
        return new Sample(operations, 0, nanos / 1e9, 0, 0);
    }

    /** Operations a second. */
    public double rate() {
        return operations / seconds;
    }

    /** Round trips an operation. */
    public double roundTripsEach() {
        return (double) roundTrips / operations;
    }

    /** Microseconds of processor time an operation. */
    public double cpuMicrosEach() {
        return cpuSeconds * 1e6 / operations;
    }
}
