package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.Validation;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables of a shop are: in a schema of their own, or among others with a prefix. Immutable.
 *
 * @param schema the schema of their own; null if they have a prefix instead
 * @param prefix what their names begin with; empty if they have a schema of their own
 */
public record TableNames(@Nullable String schema, String prefix) {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    /** In a schema of their own, named so: a lower-case letter, then up to 29 letters, digits and underscores. */
    public static TableNames inSchema(String schema) {
        return new TableNames(identifier(schema, "schema"), "");
    }

    /** In the connection's current schema, their names beginning so. */
    public static TableNames withPrefix(String prefix) {
        if (identifier(prefix, "prefix").equals("flyway_")) {
            throw Validation.refusal(
                    "prefix",
                    "must not be flyway_, with which Flyway names the history of the host's own migrations",
                    Map.of("value", prefix));
        }
        return new TableNames(null, prefix);
    }

    /** What stands before a table's name in SQL. */
    public String qualifier() {
        return schema == null ? prefix : schema + ".";
    }

    @Override
    public String toString() {
        return schema == null ? "tables named " + prefix + "…" : "schema " + schema;
    }

    private static String identifier(String value, String field) {
        if (!IDENTIFIER.matcher(Validation.required(value, field)).matches()) {
            throw Validation.refusal(
                    field,
                    "must be a lower-case letter and up to 29 lower-case letters, digits or underscores, it is "
                            + value,
                    Map.of("value", value));
        }
        return value;
    }
}
