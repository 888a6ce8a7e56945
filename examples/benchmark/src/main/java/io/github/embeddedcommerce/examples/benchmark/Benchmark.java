package io.github.embeddedcommerce.examples.benchmark;

import io.github.embeddedcommerce.examples.benchmark.measure.Contender;
import io.github.embeddedcommerce.examples.benchmark.measure.Effort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the library with hand-written JDBC and with a JPA service. */
@Command(
        name = "benchmark",
        description = {
            "Does the same work by hand-written JDBC, by a JPA service and by the library, in turn, on real databases,"
                    + " and prints how fast each was.",
            ""
        },
        footer = {
            "",
            "Exit status: 0 if all is well, 1 if something failed or the library's audit finds something wrong in the"
                    + " tables afterwards, 2 for bad input."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class Benchmark implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // until picocli puts the real one there

    @Option(
            names = Quick.OPTION,
            description = "Measure little, for about a minute; other options say what differs from that.")
    @SuppressWarnings("UnusedVariable") // looked for before the command line is parsed
    private boolean quick;

    @Mixin
    private Selection selection = new Selection();

    @Option(names = "--pool", paramLabel = "N", description = "Connections of each contender. Default: 10.")
    private int pool = 10;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each is measured. Default: 5.")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "For how long each time. Default: 2.")
    private double seconds = 2;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "For how many seconds each works before it is measured. Default: 2.")
    private double warmUp = 2;

    @Option(
            names = "--orders",
            paramLabel = "N",
            description = "How many orders jobs deal with, each paid one with ten lines. Default: 100000.")
    private int orders = 100_000;

    @Option(
            names = "--old-orders",
            paramLabel = "N",
            description = "Orders that were paid before works are measured; not with jpa. Default: 0.")
    private int oldOrders = 0;

    @Option(
            names = "--products",
            paramLabel = "N",
            description = "Products for sale, of ten options each, and ten times as many users. Default: 1000.")
    private int products = 1_000;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where results.csv and results.svg go, and the servers. Default: target/benchmark.")
    private Path out = Path.of("target", "benchmark");

    /** Runs it; see its help for the exit status. */
    public static void main(String[] args) {
        System.setProperty("org.jboss.logging.provider", "slf4j"); // Hibernate logs as the others do
        System.exit(commandLine(args).execute(args));
    }

    static CommandLine commandLine(String... args) {
        CommandLine commandLine = new CommandLine(new Benchmark()).setCaseInsensitiveEnumValuesAllowed(true);
        return Arrays.asList(args).contains(Quick.OPTION)
                ? commandLine.setDefaultValueProvider(new Quick())
                : commandLine;
    }

    @Override
    public Integer call() throws IOException {
        selection.validate();
        within("--pool", pool, 2, 400);
        within("--rounds", rounds, 1, 1_000);
        within("--seconds", seconds, 0.01, 3_600);
        within("--warm-up", warmUp, 0.01, 3_600);
        within("--orders", orders, 10, 1_000_000);
        within("--products", products, 100, 20_000);
        within("--old-orders", oldOrders, 0, selection.contenders().contains(Contender.JPA) ? 0 : 10_000_000);
        Effort effort = new Effort(rounds, duration(seconds), duration(warmUp));
        Run run = new Run(selection, effort, new Run.Sizes(pool, orders, products, oldOrders));
        return run.into(out, spec.commandLine().getOut()) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private void within(String option, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from " + min + " to " + max + ", it is " + value);
        }
    }
}
