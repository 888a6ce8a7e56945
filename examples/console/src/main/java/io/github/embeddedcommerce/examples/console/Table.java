package io.github.embeddedcommerce.examples.console;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Rows in aligned columns of plain text: texts to the left, figures to the right. Not thread-safe. */
final class Table {
    private static final String GAP = "  ";
    private static final Set<UnicodeScript> WIDE =
            EnumSet.of(UnicodeScript.HANGUL, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

    private final List<Column> columns = new ArrayList<>();
    private final List<String[]> rows = new ArrayList<>();

    private record Column(String title, boolean figures) {}

    /** Adds a column of texts. */
    Table texts(String title) {
        columns.add(new Column(title, false));
        return this;
    }

    /** Adds a column of figures. */
    Table figures(String title) {
        columns.add(new Column(title, true));
        return this;
    }

    /** Adds a row, a cell for each column. */
    Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(cells.clone());
        return this;
    }

    /** The titles, a rule, and the rows. */
    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toArray(String[]::new), widths));
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("-".repeat(width));
        }
        lines.add(String.join(GAP, rules));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(columns.get(i).title);
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        return widths;
    }

    private String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String padding = " ".repeat(widths[i] - width(cells[i]));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).figures ? padding + cells[i] : cells[i] + padding);
        }
        return line.toString().stripTrailing();
    }

    /** How many places a text takes on a terminal: letters of East Asia take two. */
    private static int width(String text) {
        return text.codePoints()
                .map(letter -> WIDE.contains(UnicodeScript.of(letter)) ? 2 : 1)
                .sum();
    }
}
