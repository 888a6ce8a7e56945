package io.github.embeddedcommerce.examples.console;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How far a long piece of work has come: a moving bar on a terminal, else a line now and then. Not thread-safe. */
final class ProgressLine {
    private static final long NANOS_BETWEEN_LINES = 3_000_000_000L;
    private static final int BAR = 30;

    private final Screen screen;
    private final String things;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastLine;

    /** Counts the work in these things, such as {@code baskets}. */
    ProgressLine(Screen screen, String things) {
        this(screen, things, System::nanoTime);
    }

    ProgressLine(Screen screen, String things, LongSupplier nanoTime) {
        this.screen = screen;
        this.things = things;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastLine = start;
    }

    /** So many are done: may be called as often as one likes. */
    void show(int done, int total) {
        long now = nanoTime.getAsLong();
        String figures = Figures.count(done) + " of " + Figures.count(total) + " " + things + ", "
                + Figures.rate(done, now - start);
        if (screen.isTerminal()) {
            screen.move(bar(done, total) + figures);
        } else if (now - lastLine >= NANOS_BETWEEN_LINES) {
            lastLine = now;
            screen.say("   ... " + figures);
        }
    }

    /** So many are done, of nobody knows how many. */
    void show(long done) {
        long now = nanoTime.getAsLong();
        String figures = Figures.count(done) + " " + things + ", " + Figures.rate(done, now - start);
        if (screen.isTerminal()) {
            screen.move(figures);
        } else if (now - lastLine >= NANOS_BETWEEN_LINES) {
            lastLine = now;
            screen.say("   ... " + figures);
        }
    }

    /** The work is over, or given up: leaves no trace of the bar. */
    void end() {
        if (screen.isTerminal()) {
            screen.move("");
        }
    }

    private static String bar(int done, int total) {
        double part = (double) done / Math.max(1, total);
        int filled = (int) (part * BAR);
        return String.format(
                Locale.ROOT, "[%s%s] %3d%%  ", "=".repeat(filled), " ".repeat(BAR - filled), (int) (part * 100));
    }
}
