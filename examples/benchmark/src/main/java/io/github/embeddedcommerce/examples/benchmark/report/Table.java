package io.github.embeddedcommerce.examples.benchmark.report;

import io.github.embeddedcommerce.examples.benchmark.measure.Contender;
import io.github.embeddedcommerce.examples.benchmark.measure.Result;
import io.github.embeddedcommerce.examples.benchmark.measure.Spread;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints results as they come, a line a contender, the hand-written JDBC first. */
public record Table(PrintWriter out) {
    /** Prints the titles of the columns. */
    public void begin() {
        row(
                "database",
                "ms",
                "what",
                "callers",
                "contender",
                "per second",
                "lowest - highest",
                "ratio",
                "lowest - high",
                "trips",
                "cpu us",
                "");
    }

    /** Prints a result. */
    public void add(Result result) {
        for (Contender contender : Contender.values()) {
            if (result.has(contender)) {
                add(result, contender);
            }
        }
    }

    private void add(Result result, Contender contender) {
        Spread rates = result.rates(contender);
        boolean compared = contender != Contender.BARE && result.has(Contender.BARE);
        Spread ratios = compared ? result.ratios(contender, Contender.BARE) : new Spread(1, 1, 1);
        Double trips = result.roundTrips().get(contender);
        long failures = result.failures(contender);
        row(
                result.server().title(),
                millis(result),
                result.title(),
                Integer.toString(result.callers()),
                contender.toString(),
                rate(rates.median()),
                rate(rates.lowest()) + " - " + rate(rates.highest()),
                compared ? ratio(ratios.median()) : "",
                compared ? ratio(ratios.lowest()) + " - " + ratio(ratios.highest()) : "",
                trips == null ? "" : String.format(Locale.ROOT, "%.1f", trips),
                String.format(Locale.ROOT, "%,.0f", result.cpuMicros(contender)),
                failures == 0 ? "" : failures + " failed");
    }

    private void row(Object... cells) {
        out.printf(Locale.ROOT, "%-12s  %5s  %-30s  %7s  %-9s  %11s  %-17s  %6s  %-13s  %6s  %6s  %s%n", cells);
        out.flush();
    }

    static String millis(Result result) {
        double millis = result.delay().toNanos() / 1e6;
        return millis == 0 ? "-" : String.format(Locale.ROOT, "%.2f", millis);
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.2f" : "%,.0f", rate);
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
