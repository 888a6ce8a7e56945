package io.github.embeddedcommerce.examples.benchmark.report;

import io.github.embeddedcommerce.examples.benchmark.measure.Contender;
import io.github.embeddedcommerce.examples.benchmark.measure.Result;
import io.github.embeddedcommerce.examples.benchmark.measure.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws how many times as fast as hand-written JDBC the others were, as an SVG picture: a group of bars a result, on a
 * logarithmic scale, a bar from 1 to the median and a whisker from the lowest to the highest round. Not thread-safe.
 */
public final class Chart {
    private static final int LEFT = 430;
    private static final int WIDTH = 560;
    private static final int TOP = 60;
    private static final int BAR = 13;
    private static final int GAP = 10;
    private static final double LOWEST = 1 / 32.0;
    private static final double HIGHEST = 64;

    private final List<Result> results = new ArrayList<>();

    /** Adds a result, unless there is nothing to compare in it. */
    public void add(Result result) {
        if (result.has(Contender.BARE) && !compared(result).isEmpty()) {
            results.add(result);
        }
    }

    /** Writes the picture into a file, which is replaced. */
    public void write(Path file) throws IOException {
        Files.writeString(file, svg());
    }

    String svg() {
        int height = TOP + GAP;
        for (Result result : results) {
            height += compared(result).size() * BAR + GAP;
        }
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                .formatted(LEFT + WIDTH + 80, height));
        svg.append(" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(svg, 10, 20, "start", "Times as fast as hand-written JDBC (the line at 1); more is better", "14");
        legend(svg);
        scale(svg, height);
        int y = TOP + GAP;
        for (Result result : results) {
            y = group(svg, result, y) + GAP;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg) {
        int x = LEFT;
        for (Contender contender : Contender.values()) {
            if (contender != Contender.BARE) {
                rect(svg, x, 28, 12, 10, color(contender));
                text(svg, x + 18, 37, "start", contender.toString(), "11");
                x += 90;
            }
        }
    }

    private static void scale(StringBuilder svg, int height) {
        for (double mark = LOWEST; mark <= HIGHEST; mark *= 2) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\"/>%n",
                    x(mark),
                    TOP,
                    height,
                    mark == 1 ? "black" : "#dddddd"));
            text(svg, x(mark), TOP - 4, "middle", mark < 1 ? "1/" + (int) (1 / mark) : "" + (int) mark, "10");
        }
    }

    private static int group(StringBuilder svg, Result result, int top) {
        List<Contender> contenders = compared(result);
        text(svg, LEFT - 10, top + contenders.size() * BAR / 2.0 + 4, "end", label(result), "11");
        int y = top;
        for (Contender contender : contenders) {
            Spread ratios = result.ratios(contender, Contender.BARE);
            double from = Math.min(x(1), x(ratios.median()));
            double to = Math.max(x(1), x(ratios.median()));
            rect(svg, from, y, Math.max(1, to - from), BAR - 2, color(contender));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"#333333\"/>%n",
                    x(ratios.lowest()),
                    x(ratios.highest()),
                    y + (BAR - 2) / 2.0));
            String ratio = String.format(Locale.ROOT, "%.2f", ratios.median());
            text(svg, Math.max(to, x(ratios.highest())) + 4, y + BAR - 4, "start", ratio, "10");
            y += BAR;
        }
        return y;
    }

    private static List<Contender> compared(Result result) {
        List<Contender> compared = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            if (contender != Contender.BARE && result.has(contender)) {
                compared.add(contender);
            }
        }
        return compared;
    }

    private static String label(Result result) {
        String network = result.delay().isZero() ? "" : ", " + Table.millis(result) + " ms each way";
        return result.server().title() + network + ": " + result.title() + ", " + result.callers()
                + (result.callers() == 1 ? " caller" : " callers");
    }

    private static double x(double ratio) {
        double bounded = Math.max(LOWEST, Math.min(HIGHEST, ratio));
        return LEFT + WIDTH * Math.log(bounded / LOWEST) / Math.log(HIGHEST / LOWEST);
    }

    private static String color(Contender contender) {
        return contender == Contender.LIBRARY ? "#2b6cb0" : "#c9a227";
    }

    private static void rect(StringBuilder svg, double x, double y, double width, double height, String color) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                height,
                color));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text, String size) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                size,
                text));
    }
}
