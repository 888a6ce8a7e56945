package io.github.embeddedcommerce.examples.benchmark.report;

import io.github.embeddedcommerce.examples.benchmark.measure.Contender;
import io.github.embeddedcommerce.examples.benchmark.measure.Result;
import io.github.embeddedcommerce.examples.benchmark.measure.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes results to a file as they come, a line a sample: comma-separated, in UTF-8. */
public record CsvFile(Path file) {
    /** Replaces the file by one that has titles only. */
    public void begin() {
        write(
                List.of("database,delay_ms,what,callers,contender,round,operations,failures,seconds,per_second,"
                        + "cpu_us,round_trips"),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Adds a result. */
    public void add(Result result) {
        List<String> lines = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            int round = 0;
            for (Sample sample : result.samplesOf(contender)) {
                lines.add(line(result, contender, ++round, sample));
            }
        }
        write(lines, StandardOpenOption.APPEND);
    }

    private static String line(Result result, Contender contender, int round, Sample sample) {
        Double trips = result.roundTrips().get(contender);
        return String.format(
                Locale.ROOT,
                "%s,%.3f,\"%s\",%d,%s,%d,%d,%d,%.6f,%.3f,%.3f,%s",
                result.server().title(),
                result.delay().toNanos() / 1e6,
                result.title(),
                result.callers(),
                contender,
                round,
                sample.operations(),
                sample.failures(),
                sample.seconds(),
                sample.rate(),
                sample.cpuMicrosEach(),
                trips == null ? "" : String.format(Locale.ROOT, "%.2f", trips));
    }

    private void write(List<String> lines, StandardOpenOption... how) {
        try {
            Files.write(file, lines, how);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
