package io.github.embeddedcommerce.jdbc.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts that create the tables, with their placeholders filled in. Immutable.
 *
 * @param folder where they are on the class path
 * @param placeholders what stands for what
 */
public record SchemaScripts(String folder, Map<String, String> placeholders) {
    /**
     * The scripts, oldest first. In its last statement, each leaves its number, counted from 1, as the version in the
     * shop's row.
     */
    static final List<String> NAMES = List.of("V001__shop.sql");

    /** The version of the tables that this library works with. */
    public static final int VERSION = NAMES.size();

    private static final Pattern TABLE = Pattern.compile("create table (\\S+) \\((.*?)\\n\\)", Pattern.DOTALL);
    private static final Pattern NAMED =
            Pattern.compile("constraint (\\w+)\\s+(check|unique|foreign key)|create (table|index) (\\S+)");
    private static final Pattern COLUMN = Pattern.compile("\\n  (?!constraint |primary key|unique |check )(\\w+) ");

    /** All of them, one after the other. */
    public String sql() {
        StringBuilder sql = new StringBuilder();
        for (String name : NAMES) {
            sql.append(filledIn(text(name)));
        }
        return sql.toString();
    }

    /**
     * What the scripts create by name, each with its kind, such as {@code table orders}: all that can be in the way of
     * something else in the same schema.
     */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        Matcher named = NAMED.matcher(sql());
        while (named.find()) {
            names.add(
                    named.group(2) == null
                            ? named.group(3) + " " + unqualified(named.group(4))
                            : named.group(2) + " " + named.group(1));
        }
        return names;
    }

    /** The columns of each table that the scripts create. */
    public Map<String, Set<String>> columns() {
        Map<String, Set<String>> columns = new TreeMap<>();
        Matcher table = TABLE.matcher(sql());
        while (table.find()) {
            Set<String> names = new LinkedHashSet<>();
            Matcher column = COLUMN.matcher(table.group(2));
            while (column.find()) {
                names.add(column.group(1));
            }
            columns.put(unqualified(table.group(1)), names);
        }
        return columns;
    }

    private static String unqualified(String name) {
        return name.replaceFirst(".*\\.", "");
    }

    private String filledIn(String script) {
        String sql = script;
        for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
            sql = sql.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
        }
        return sql;
    }

    private String text(String name) {
        try (InputStream script = SchemaScripts.class.getResourceAsStream("/" + folder + "/" + name)) {
            if (script == null) {
                throw new IllegalStateException(folder + "/" + name + " is missing from the library");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
