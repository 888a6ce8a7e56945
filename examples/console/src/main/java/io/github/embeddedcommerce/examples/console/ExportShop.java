package io.github.embeddedcommerce.examples.console;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.job.Export;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a shop has into CSV files. */
@Command(
        name = "export",
        description = {
            "Write what a shop has into CSV files in UTF-8, while it goes on selling.",
            "",
            "A folder gets products.csv, stock.csv, users.csv, ledger.csv, orders.csv and lines.csv; a file with one of"
                    + " these names gets its rows only. The stock in products.csv is what can be ordered; 'import'"
                    + " reads it back.",
            ""
        },
        footer = {"", "Exit status: 0 if all is written, 1 if the database fails or you stop it, 2 for bad input."})
final class ExportShop implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // until picocli puts the real one there

    @Mixin
    private ShopLogin login = new ShopLogin();

    @Parameters(paramLabel = "TARGET", description = "A folder, or a file such as orders.csv.")
    private Path target = Path.of("");

    @Option(names = "--force", description = "Write over files that are there.")
    private boolean force;

    @Override
    public Integer call() {
        Map<ExportKind, Path> files = files();
        Screen screen = Screen.of(spec.commandLine());
        try (Stop stop = Stop.onShutdown();
                CommerceFacade shop = login.open()) {
            for (Map.Entry<ExportKind, Path> file : files.entrySet()) {
                if (!export(shop, file.getKey(), file.getValue(), new Run(screen, stop))) {
                    screen.say("Stopped: " + file.getValue() + " is not written.");
                    return ExitCode.SOFTWARE;
                }
            }
            return ExitCode.OK;
        }
    }

    private record Run(Screen screen, Stop stop) {}

    private Map<ExportKind, Path> files() {
        Map<ExportKind, Path> files = new LinkedHashMap<>();
        String name = String.valueOf(target.getFileName());
        for (ExportKind kind : ExportKind.values()) {
            if (name.equals(kind.file())) {
                files.put(kind, target);
            }
        }
        if (files.isEmpty() && name.endsWith(".csv")) {
            throw new BadInput("name the file one of " + names() + ", or name a folder, not " + target);
        }
        if (files.isEmpty()) {
            for (ExportKind kind : ExportKind.values()) {
                files.put(kind, target.resolve(kind.file()));
            }
        }
        for (Path file : files.values()) {
            if (!force && Files.exists(file)) {
                throw new BadInput(file + " is there already: name another, or write over it with --force");
            }
        }
        return files;
    }

    private static String names() {
        return Arrays.stream(ExportKind.values()).map(ExportKind::file).collect(Collectors.joining(", "));
    }

    /** The file is there when all of it is written, and not before. Returns false if asked to stop. */
    private static boolean export(CommerceFacade shop, ExportKind kind, Path file, Run run) {
        Path folder = file.toAbsolutePath().getParent();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(folder == null ? file.toAbsolutePath() : folder);
            if (!write(shop, kind, part, run)) {
                Files.delete(part);
                return false;
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException | UncheckedIOException broken) {
            throw new BadInput("file " + file + " cannot be written: " + Complaint.reason(broken));
        }
    }

    private static boolean write(CommerceFacade shop, ExportKind kind, Path file, Run run) throws IOException {
        long begun = System.nanoTime();
        ProgressLine progress = new ProgressLine(run.screen, kind.toString());
        try (CsvWriter rows =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file, StandardCharsets.UTF_8)) {
            rows.writeRecord(kind.header());
            Export.Result result = kind.into(shop.exports(), row -> write(row, rows, run.stop))
                    .reporting(progress::show)
                    .call();
            progress.end();
            run.screen.say(kind + ": " + Figures.count(result.exported()) + " exported into "
                    + String.valueOf(file).replaceFirst("[.]part$", "") + ", in "
                    + Figures.seconds(System.nanoTime() - begun));
            return true;
        } catch (Stopped stopped) {
            progress.end();
            return false;
        }
    }

    private static void write(List<String> row, CsvWriter rows, Stop stop) {
        if (stop.requested()) {
            throw new Stopped();
        }
        rows.writeRecord(row);
    }

    /** Ends an export. */
    private static final class Stopped extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        Stopped() {
            super(null, null, false, false);
        }
    }
}
