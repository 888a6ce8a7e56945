package io.github.embeddedcommerce.jdbc.plans;

import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a database runs a statement.
 *
 * @param sql the statement
 * @param text the plan in the database's own words
 * @param steps what is read, from which table and how
 */
public record Plan(String sql, String text, List<Step> steps) {
    private static final Pattern POSTGRES_STEP =
            Pattern.compile("(?:^|-> +)(\\S.*? on \\w.*?)(?: \\(actual rows=([0-9.]+) loops=[0-9]+\\)| *)$");
    private static final Pattern POSTGRES_LOOPS = Pattern.compile("\\(actual .*loops=([0-9]+)\\)");
    private static final Pattern POSTGRES_TABLE = Pattern.compile(" on (\\w+)");
    private static final Pattern POSTGRES_PASSED_OVER = Pattern.compile("Rows Removed by .*: ([0-9]+)");
    private static final Pattern MARIA_SETTINGS = Pattern.compile("^\\s*(set statement .*? for )?");
    private static final Pattern MARIA_NAME = Pattern.compile("commerce_(\\w+) (?:as )?(\\w+)");
    private static final Pattern MARIA_STEP = Pattern.compile(
            "\"table_name\": \"([^\"]+)\",\\s+(?:\"partitions\": [^\\n]+\\s+)?\"access_type\": \"(\\w+)\"");
    private static final Pattern MARIA_READ = Pattern.compile(
            "(?:(?!\"table_name\")[\\s\\S])*?\"loops\": [^\\n]+\\s+\"r_loops\": ([0-9.e+-]+),\\s+\"rows\": [^\\n]+\\s+\"r_rows\": ([0-9.e+-]+)");
    private static final Pattern H2_STEP = Pattern.compile("/\\* (COMMERCE\\.[\\w.]+)|/\\* scanCount: ([0-9]+)");

    /**
     * A step that reads rows.
     *
     * @param table which table or index, as the database names it
     * @param whole whether it reads from the beginning to the end
     * @param rows how many it looked at, those included that it passed over; 0 where the statement was only planned
     */
    public record Step(String table, boolean whole, double rows) {}

    /** A statement that explains this one: it is run, and its rows counted, or only planned. */
    public static String explain(Database database, boolean run, String sql) {
        return switch (database) {
            case H2_IN_MEMORY, H2_IN_FILE -> (run ? "explain analyze " : "explain ") + sql;
            case POSTGRESQL ->
                (run ? "explain (analyze, costs off, timing off, summary off, buffers off) " : "explain (costs off) ")
                        + sql;
            case MARIADB ->
                MARIA_SETTINGS.matcher(sql).replaceFirst("$0" + (run ? "analyze" : "explain") + " format=json ");
        };
    }

    /** From what the database answered. */
    public static Plan read(Database database, String sql, ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
            lines.addAll(rows.getString(1).lines().toList());
        }
        String text = String.join("\n", lines);
        return new Plan(
                sql,
                text,
                switch (database) {
                    case MARIADB -> mariaSteps(sql, text);
                    case POSTGRESQL -> postgresSteps(lines);
                    case H2_IN_MEMORY, H2_IN_FILE -> h2Steps(text);
                });
    }

    /**
     * A table is named as the statement calls it, and its rows are those of a loop on average. A derived table that is
     * read to its end has as many as the steps that made it, which are counted.
     */
    private static List<Step> mariaSteps(String sql, String text) {
        List<Step> steps = new ArrayList<>();
        Map<String, String> tables = new HashMap<>();
        MARIA_NAME.matcher(sql).results().forEach(name -> tables.putIfAbsent(name.group(2), name.group(1)));
        Matcher step = MARIA_STEP.matcher(text);
        while (step.find()) {
            String table = tables.getOrDefault(step.group(1), step.group(1).replace("commerce_", ""));
            boolean all = step.group(2).equals("ALL");
            boolean derived = table.startsWith("<");
            Matcher read = MARIA_READ.matcher(text).region(step.end(), text.length());
            boolean counted = !(all && derived) && read.lookingAt();
            double rows = counted ? Double.parseDouble(read.group(1)) * Double.parseDouble(read.group(2)) : 0;
            steps.add(new Step(table, all && !derived, rows));
        }
        return steps;
    }

    private static List<Step> postgresSteps(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        double loops = 1;
        for (String line : lines) {
            Matcher looped = POSTGRES_LOOPS.matcher(line);
            loops = looped.find() ? Double.parseDouble(looped.group(1)) : loops;
            Matcher step = POSTGRES_STEP.matcher(line.strip());
            Matcher passedOver = POSTGRES_PASSED_OVER.matcher(line);
            if (passedOver.find() && !steps.isEmpty()) {
                Step last = steps.remove(steps.size() - 1);
                double more = Double.parseDouble(passedOver.group(1)) * loops;
                steps.add(new Step(last.table, last.whole, last.rows + more));
            } else if (step.find()) {
                Matcher table = POSTGRES_TABLE.matcher(step.group(1));
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

    /** The rows that all steps looked at. */
    public double rows() {
        return steps.stream().mapToDouble(Step::rows).sum();
    }

    @Override
    public String toString() {
        return sql + "\n" + text;
    }
}
