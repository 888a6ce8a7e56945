package io.github.embeddedcommerce.jdbc.plans;

import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a database runs a statement.
 *
 * @param sql the statement
 * @param text the plan in the database's own words
 * @param steps what is read, from which table and how
 */
public record Plan(String sql, String text, List<Step> steps) {
    private static final Pattern POSTGRES_STEP =
            Pattern.compile("(?:^|-> +)(\\S.*? on \\w.*?)(?: \\(actual rows=([0-9.]+) loops=([0-9]+)\\)| *)$");
    private static final Pattern POSTGRES_TABLE = Pattern.compile(" on (\\w+)");
    private static final Pattern POSTGRES_PASSED_OVER = Pattern.compile("Rows Removed by .*: ([0-9]+)");
    private static final Pattern H2_STEP = Pattern.compile("/\\* (COMMERCE\\.[\\w.]+)|/\\* scanCount: ([0-9]+)");

    /**
     * A step that reads rows.
     *
     * @param table which table or index, as the database names it
     * @param whole whether it reads from the beginning to the end
     * @param rows how many it looked at, those included that it passed over; 0 where the statement was only planned
     */
    public record Step(String table, boolean whole, double rows) {}

    /** What to put before a statement: it is run, and its rows counted, or only planned. */
    public static String explain(Database database, boolean run) {
        return switch (database) {
            case H2_IN_MEMORY, H2_IN_FILE -> run ? "explain analyze " : "explain ";
            case POSTGRESQL ->
                run ? "explain (analyze, costs off, timing off, summary off, buffers off) " : "explain (costs off) ";
            case MARIADB -> run ? "analyze " : "explain ";
        };
    }

    /** From what the database answered. */
    public static Plan read(Database database, String sql, ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        while (rows.next()) {
            if (database == Database.MARIADB) {
                steps.add(mariaStep(rows, lines));
            } else {
                lines.addAll(rows.getString(1).lines().toList());
            }
        }
        String text = String.join("\n", lines);
        return new Plan(
                sql,
                text,
                switch (database) {
                    case MARIADB -> steps;
                    case POSTGRESQL -> postgresSteps(lines);
                    case H2_IN_MEMORY, H2_IN_FILE -> h2Steps(text);
                });
    }

    private static Step mariaStep(ResultSet row, List<String> lines) throws SQLException {
        StringBuilder line = new StringBuilder();
        boolean counted = false;
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            line.append(row.getString(column)).append(" | ");
            counted |= row.getMetaData().getColumnLabel(column).equals("r_rows");
        }
        lines.add(line.toString());
        String type = String.valueOf(row.getString("type"));
        String table = String.valueOf(row.getString("table"));
        boolean whole = type.equals("ALL") && !table.startsWith("<");
        return new Step(table.replace("commerce_", ""), whole, counted ? mariaRows(row.getString("r_rows")) : 0);
    }

    /** With a filter of row ids, those that it lets through come first, such as {@code 0.00 (0%)}. */
    private static double mariaRows(@Nullable String rows) {
        return rows == null ? 0 : Double.parseDouble(rows.split(" ", 2)[0]);
    }

    private static List<Step> postgresSteps(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        double loops = 1;
        for (String line : lines) {
            Matcher step = POSTGRES_STEP.matcher(line.strip());
            Matcher passedOver = POSTGRES_PASSED_OVER.matcher(line);
            if (passedOver.find() && !steps.isEmpty()) {
                Step last = steps.remove(steps.size() - 1);
                double more = Double.parseDouble(passedOver.group(1)) * loops;
                steps.add(new Step(last.table, last.whole, last.rows + more));
            } else if (step.find()) {
                Matcher table = POSTGRES_TABLE.matcher(step.group(1));
                loops = step.group(3) == null ? 1 : Double.parseDouble(step.group(3));
                double rows = step.group(2) == null ? 0 : Double.parseDouble(step.group(2)) * loops;
                String name = table.find() ? table.group(1) : "";
                steps.add(new Step(name, step.group(1).startsWith("Seq Scan"), rows));
            }
        }
        return steps;
    }

    private static List<Step> h2Steps(String text) {
        List<Step> steps = new ArrayList<>();
        String name = "";
        Matcher step = H2_STEP.matcher(text);
        while (step.find()) {
            if (step.group(1) != null) {
                name = step.group(1).toLowerCase(Locale.ROOT).replace("commerce.", "");
            }
            double rows = step.group(2) == null ? 0 : Double.parseDouble(step.group(2));
            steps.add(new Step(name.replace(".tablescan", ""), name.endsWith(".tablescan"), rows));
        }
        return steps;
    }

    /** The most rows that one step looked at; not one that reads these tables, which are small. */
    public double mostRows(Set<String> small) {
        return steps.stream()
                .filter(step -> !small.contains(step.table))
                .mapToDouble(Step::rows)
                .max()
                .orElse(0);
    }

    @Override
    public String toString() {
        return sql + "\n" + text;
    }
}
