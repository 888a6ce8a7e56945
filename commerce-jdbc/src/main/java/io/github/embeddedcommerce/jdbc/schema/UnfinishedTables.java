package io.github.embeddedcommerce.jdbc.schema;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of a shop whose creation was broken off, on a database that cannot roll it back: Flyway's history is
 * there, and the row that the scripts write last is not.
 */
public record UnfinishedTables(SchemaContents contents, SchemaScripts scripts, Dialect dialect) {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedTables.class);

    /**
     * Removes them, and the history, so that they can be created from the beginning. A table that has rows, or that the
     * scripts do not create so, is none of them.
     *
     * @throws CommerceException VALIDATION_ERROR naming such tables, and what to do; nothing is removed
     */
    public void remove() throws SQLException {
        Map<String, Set<String>> present = contents.columns();
        List<String> ours = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, Set<String>> table : scripts.columns().entrySet()) {
            Set<String> columns = present.get(table.getKey());
            if (columns != null) {
                boolean unused = columns.equals(table.getValue()) && isEmpty(table.getKey());
                (unused ? ours : others).add(table.getKey());
            }
        }
        String history = new MigrationHistory(contents).name();
        if (!others.isEmpty()) {
            throw Validation.refusal(
                    "the creation of the shop in " + contents.tables() + " was broken off, and of its tables "
                            + String.join(", ", others) + " have rows or other columns: restore them from a backup, or"
                            + " drop " + history + " and all tables of the shop, then open it again",
                    Map.of("unfinished", others.toString()));
        }
        LOG.info("the creation of {} was broken off: it begins again without {}", contents.tables(), ours);
        ours.add(history); // the last, so that whoever dies here can begin again as well
        drop(ours);
    }

    private boolean isEmpty(String table) throws SQLException {
        try (Statement statement = contents.connection().createStatement();
                ResultSet rows = statement.executeQuery("select 1 from " + qualified(table))) {
            return !rows.next();
        }
    }

    private void drop(List<String> names) throws SQLException {
        Connection connection = contents.connection();
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            if (dialect.isMySqlLike()) {
                statement.execute("set foreign_key_checks = 0"); // they refer to each other in a circle
            }
            try {
                for (String name : names) {
                    statement.execute("drop table " + qualified(name) + (dialect.isMySqlLike() ? "" : " cascade"));
                }
            } finally {
                if (dialect.isMySqlLike()) {
                    statement.execute("set foreign_key_checks = 1");
                }
            }
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private String qualified(String table) {
        return contents.tables().schema() == null ? table : contents.tables().qualifier() + table;
    }
}
