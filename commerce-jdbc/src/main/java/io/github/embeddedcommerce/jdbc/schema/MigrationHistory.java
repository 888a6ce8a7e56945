package io.github.embeddedcommerce.jdbc.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** What Flyway has written down about the scripts of a shop. Reads only. */
public record MigrationHistory(SchemaContents contents) {
    /** What the table's name is behind the prefix. */
    public static final String NAME = "schema_history";

    /** Types of rows that Flyway writes about no script. */
    private static final Set<String> FLYWAYS_OWN = Set.of("TABLE", "SCHEMA", "BASELINE");

    /** The table's name in its schema. */
    public String name() {
        return contents.tables().prefix() + NAME;
    }

    /** Whether there is one. */
    public boolean isThere() throws SQLException {
        return contents.columns().containsKey(name());
    }

    /** Whether it tells of scripts that are not ours: the history of other migrations, which happens to be named so. */
    public boolean isOfOthers() throws SQLException {
        Set<String> columns = contents.columns().getOrDefault(name(), Set.of());
        if (!columns.contains("script")) {
            return !columns.isEmpty();
        }
        try (Statement statement = contents.connection().createStatement();
                ResultSet row = statement.executeQuery(
                        "select * from " + contents.tables().qualifier() + NAME)) {
            while (row.next()) {
                if (!FLYWAYS_OWN.contains(row.getString("type"))
                        && !SchemaScripts.NAMES.contains(row.getString("script"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
