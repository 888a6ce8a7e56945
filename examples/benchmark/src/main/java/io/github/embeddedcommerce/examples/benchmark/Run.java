package io.github.embeddedcommerce.examples.benchmark;

import io.github.embeddedcommerce.examples.benchmark.database.Server;
import io.github.embeddedcommerce.examples.benchmark.database.Servers;
import io.github.embeddedcommerce.examples.benchmark.measure.Effort;
import io.github.embeddedcommerce.examples.benchmark.measure.Grounds;
import io.github.embeddedcommerce.examples.benchmark.measure.JobMeasuring;
import io.github.embeddedcommerce.examples.benchmark.measure.Measuring;
import io.github.embeddedcommerce.examples.benchmark.measure.Result;
import io.github.embeddedcommerce.examples.benchmark.report.Chart;
import io.github.embeddedcommerce.examples.benchmark.report.CsvFile;
import io.github.embeddedcommerce.examples.benchmark.report.Table;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** One run of the benchmark: everything that is selected, a server after the other. */
record Run(Selection selection, Effort effort, Sizes sizes) {
    /**
     * How large things are.
     *
     * @param pool connections of each contender
     * @param orders how many orders a job deals with
     * @param products how many products are for sale
     * @param oldOrders how many orders were paid before works are measured
     */
    record Sizes(int pool, int orders, int products, int oldOrders) {}

    /** Runs it. Returns whether the tables were as the library's audit wants them, afterwards. */
    boolean into(Path folder, PrintWriter out) throws IOException {
        Files.createDirectories(folder);
        Table table = new Table(out);
        CsvFile csv = new CsvFile(folder.resolve("results.csv"));
        Chart chart = new Chart();
        out.println(estimate());
        table.begin();
        csv.begin();
        boolean well = measure(new Servers(folder.resolve("servers")), out, result -> {
            table.add(result);
            csv.add(result);
            chart.add(result);
        });
        chart.write(folder.resolve("results.svg"));
        out.println("see " + folder.resolve("results.csv") + " and results.svg beside it");
        out.flush();
        return well;
    }

    private boolean measure(Servers started, PrintWriter out, Consumer<Result> results) {
        boolean well = true;
        try (Servers servers = started) {
            for (Server server : selection.servers()) {
                if (!selection.tasks().isEmpty()) {
                    well &= measure(servers, server, out, results);
                }
                new JobMeasuring(servers, effort, sizes.orders, results)
                        .measure(server, selection.contenders(), selection.jobs());
            }
        }
        return well;
    }

    private boolean measure(Servers servers, Server server, PrintWriter out, Consumer<Result> results) {
        Filling filling = Filling.of(sizes.products, sizes.oldOrders);
        try (Grounds grounds = Grounds.create(servers, server, selection.contenders(), sizes.pool, filling)) {
            new Measuring(effort, sizes.pool, results).measure(grounds, selection.tasks(), selection.delays());
            long violations = grounds.violations();
            out.println(server.title() + ": the audit of the library's tables, whoever wrote them, finds "
                    + (violations == 0 ? "nothing wrong" : violations + " VIOLATIONS"));
            out.flush();
            return violations == 0;
        }
    }

    private String estimate() {
        long tasks = 0;
        for (Server server : selection.servers()) {
            long delays = selection.delays().stream()
                    .filter(delay -> delay.isZero() || server.isRemote())
                    .count();
            tasks += delays * selection.tasks().size();
        }
        Duration each = effort.time().multipliedBy(effort.rounds()).plus(effort.warmUp());
        Duration all = each.multipliedBy(tasks * selection.contenders().size());
        return String.format(
                Locale.ROOT,
                "%,d tasks take about %,d minutes, and each of %d jobs on each database some minutes more",
                tasks,
                Math.max(1, all.toMinutes()),
                selection.jobs().size());
    }
}
