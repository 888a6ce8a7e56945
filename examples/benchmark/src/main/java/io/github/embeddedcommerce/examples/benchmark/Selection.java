package io.github.embeddedcommerce.examples.benchmark;

import io.github.embeddedcommerce.examples.benchmark.database.Server;
import io.github.embeddedcommerce.examples.benchmark.measure.Contender;
import io.github.embeddedcommerce.examples.benchmark.measure.Job;
import io.github.embeddedcommerce.examples.benchmark.measure.Task;
import io.github.embeddedcommerce.examples.benchmark.measure.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which of all there is to measure. */
final class Selection {
    private static final int MAX_CALLERS = 1_000;
    private static final double MAX_DELAY_MILLIS = 100;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create(); // until picocli puts the real one there

    @Option(
            names = "--databases",
            split = ",",
            paramLabel = "NAME",
            description = "Of ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Server> servers = List.of(Server.values());

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = "Of ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Contender> contenders = List.of(Contender.values());

    @Option(
            names = "--works",
            split = ",",
            paramLabel = "NAME",
            description = "Of ${COMPLETION-CANDIDATES}. Default: all, or none if jobs are named.")
    private @Nullable List<Work> works;

    @Option(
            names = "--jobs",
            split = ",",
            paramLabel = "NAME",
            description = "Of ${COMPLETION-CANDIDATES}. Default: all, or none if works are named.")
    private @Nullable List<Job> jobs;

    @Option(
            names = "--options",
            split = ",",
            paramLabel = "WHICH",
            description = "Callers order any option, or all the same one: of ${COMPLETION-CANDIDATES}. Default: both.")
    private List<Wanted> options = List.of(Wanted.values());

    @Option(
            names = "--callers",
            split = ",",
            paramLabel = "N",
            description = "How many at once. Default: 1, 8, 32 and 128.")
    private List<Integer> callers = List.of(1, 8, 32, 128);

    @Option(
            names = "--delay",
            split = ",",
            paramLabel = "MS",
            description = "Milliseconds of network each way, 0 for none. Default: 0, 0.25 and 1.")
    private List<Double> delays = List.of(0.0, 0.25, 1.0);

    /** Whether callers want any option, or all the same one. */
    enum Wanted {
        ANY,
        ONE
    }

    /** Refuses what is out of its bounds. */
    void validate() {
        for (int number : callers) {
            within("--callers", number, 1, MAX_CALLERS);
        }
        for (double delay : delays) {
            within("--delay", delay, 0, MAX_DELAY_MILLIS);
        }
    }

    private void within(String option, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from " + min + " to " + max + ", it is " + value);
        }
    }

    List<Server> servers() {
        return servers;
    }

    /** In the order of the enum: the hand-written JDBC, which the others are compared with, comes first. */
    List<Contender> contenders() {
        return contenders.stream().distinct().sorted().toList();
    }

    List<Duration> delays() {
        return delays.stream()
                .map(millis -> Duration.ofNanos((long) (millis * 1e6)))
                .toList();
    }

    List<Job> jobs() {
        return jobs != null ? jobs : works != null ? List.of() : List.of(Job.values());
    }

    /** All works with all numbers of callers, and with one option and any where that makes a difference. */
    List<Task> tasks() {
        List<Work> chosen = works != null ? works : jobs != null ? List.of() : List.of(Work.values());
        List<Task> tasks = new ArrayList<>();
        for (Work work : chosen) {
            Stream<Boolean> hot = options.stream().map(wanted -> work.alsoHot() && wanted == Wanted.ONE);
            hot.distinct().forEach(one -> callers.forEach(number -> tasks.add(new Task(work, one, number))));
        }
        return tasks;
    }
}
