package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.product.NewOption;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sells many baskets at once, and proves afterwards that every unit and every coin is accounted for. */
@Command(
        name = "replay",
        description = {
            "Place and pay an order for every basket of a file, many at once, then prove that the books are right.",
            "",
            "A file has a basket a line, its items separated by commas, in UTF-8; an item that is there twice is"
                    + " bought twice. Empty lines are skipped.",
            ""
        },
        footer = {
            "",
            "Each run brings its own products and users, under a name of its own, so it can be repeated on the same"
                    + " database at any time, also after one that was killed.",
            "Exit status: 0 if all is well, 1 if a check fails or the database does, 2 for bad input."
        })
final class Replay implements Callable<Integer> {
    private static final int MAX_THREADS = 1_000;
    private static final int MAX_USERS = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // until picocli puts the real one there

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The file of baskets; without one, the 200 baskets that travel with this program.")
    private @Nullable Path file;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many shop at once, and how many connections they have. Default: one a processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--users", paramLabel = "N", description = "How many users share the baskets. Default: 100.")
    private int users = 100;

    @Option(
            names = "--stock",
            paramLabel = "N",
            description = "Units of each item; try few. Default: as many as the baskets ask for.")
    private @Nullable Long stock;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The database, such as jdbc:h2:file:/tmp/shop or jdbc:postgresql://localhost/shop."
                    + " Default: H2 in memory.")
    private String url = "jdbc:h2:mem:replay";

    @Mixin
    private Login login = new Login();

    @Override
    public Integer call() {
        within("--threads", threads, 1, MAX_THREADS);
        within("--users", users, 1, MAX_USERS);
        within("--stock", stock == null ? 0 : stock, 0, NewOption.MAX_STOCK);
        Baskets baskets = file == null ? Baskets.bundled() : Baskets.read(file);
        Database database = login.to(url);
        Screen screen = Screen.of(spec.commandLine());
        // Closed in the reverse order: after Ctrl-C the process waits until the shop is closed.
        try (Stop stop = Stop.onShutdown();
                CommerceFacade shop = database.open(threads)) {
            screen.say(greeting(baskets, database));
            ReplayRun run = new ReplayRun(shop, new Crew(threads, stop), screen);
            OptionalLong units = stock == null ? OptionalLong.empty() : OptionalLong.of(stock);
            return run.replay(baskets, users, units) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private String greeting(Baskets baskets, Database database) {
        return Figures.count(baskets.baskets().size(), "basket") + " of " + baskets.source() + ", "
                + Figures.count(threads, "thread") + ", " + Figures.count(users, "user") + ", " + database.shown();
    }

    private void within(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " must be from " + Figures.count(min) + " to " + Figures.count(max) + ", it is "
                            + Figures.count(value));
        }
    }
}
