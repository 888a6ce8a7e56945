package io.github.embeddedcommerce.examples.benchmark.measure;

import io.github.embeddedcommerce.examples.benchmark.database.Server;
import io.github.embeddedcommerce.examples.benchmark.measure.Grounds.Behind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures tasks on one server, with and without a network. */
public record Measuring(Effort effort, int poolSize, Consumer<Result> results) {
    private static final Duration COUNTING_DELAY = Duration.ofMillis(1);
    private static final Effort COUNTING = new Effort(1, Duration.ofMillis(300), Duration.ofMillis(300));

    /** Measures each task with each delay; without a network if there is none to this server. */
    public void measure(Grounds grounds, List<Task> tasks, List<Duration> delays) {
        for (Duration delay : delays) {
            if (delay.isZero()) {
                Map<String, Map<Contender, Double>> counts = counts(grounds, tasks);
                for (Task task : tasks) {
                    Map<Contender, List<Sample>> samples = new Comparison(effort).compare(grounds.contestants(), task);
                    tell(grounds.server(), delay, task, samples, counts.getOrDefault(task.title(), Map.of()));
                }
            } else if (grounds.server().isRemote()) {
                try (Behind behind = grounds.behind(delay, poolSize)) {
                    for (Task task : tasks) {
                        Map<Contender, List<Sample>> samples =
                                new Comparison(effort).compare(behind.contestants(), task);
                        tell(grounds.server(), delay, task, samples, counted(samples));
                    }
                }
            }
        }
    }

    private void tell(
            Server server,
            Duration delay,
            Task task,
            Map<Contender, List<Sample>> samples,
            Map<Contender, Double> roundTrips) {
        results.accept(new Result(server, delay, task.title(), task.callers(), samples, roundTrips));
    }

    /** Without a network nobody counts, so the round trips are counted before, of a single caller behind one. */
    private static Map<String, Map<Contender, Double>> counts(Grounds grounds, List<Task> tasks) {
        Map<String, Map<Contender, Double>> counts = new HashMap<>();
        if (grounds.server().isRemote()) {
            try (Behind behind = grounds.behind(COUNTING_DELAY, 2)) {
                for (Task task : tasks) {
                    counts.computeIfAbsent(
                            task.title(),
                            same -> counted(new Comparison(COUNTING)
                                    .compare(behind.contestants(), new Task(task.work(), task.hot(), 1))));
                }
            }
        }
        return counts;
    }

    private static Map<Contender, Double> counted(Map<Contender, List<Sample>> samples) {
        Map<Contender, Double> counted = new EnumMap<>(Contender.class);
        samples.forEach((contender, rounds) -> counted.put(
                contender,
                Spread.of(rounds.stream().mapToDouble(Sample::roundTripsEach)).median()));
        return counted;
    }
}
