package io.github.embeddedcommerce.jdbc.schema;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has a name already that the scripts would give to something of theirs. Which kinds of things must have different
 * names differs: on H2, any two of one kind in a schema; on PostgreSQL, tables and indexes, those of unique keys
 * included; on MariaDB and MySQL, tables and foreign keys, and on MySQL checks.
 */
public final class OccupiedNames {
    private static final String ON_H2 = """
            select kind, name from (
              select 'table' as kind, TABLE_SCHEMA as place, TABLE_NAME as name from INFORMATION_SCHEMA.TABLES
              union all select 'index', INDEX_SCHEMA, INDEX_NAME from INFORMATION_SCHEMA.INDEXES
              union all select CONSTRAINT_TYPE, CONSTRAINT_SCHEMA, CONSTRAINT_NAME
                from INFORMATION_SCHEMA.TABLE_CONSTRAINTS) named
            where place = ?
            """; // in capitals, as H2 has them if it is set to leave names as they are

    private static final String ON_POSTGRESQL = """
            select kinds.kind, named.relname
            from pg_class named join pg_namespace place on place.oid = named.relnamespace,
              (values ('table'), ('index'), ('unique')) kinds (kind)
            where place.nspname = ?
            """;

    private static final String ON_MARIADB = """
            select kind, name from (
              select 'table' as kind, table_schema as place, table_name as name from information_schema.tables
              union all select constraint_type, constraint_schema, constraint_name
                from information_schema.table_constraints where constraint_type = 'FOREIGN KEY') named
            where place = ?
            """;

    private static final String ON_MYSQL = ON_MARIADB.replace("= 'FOREIGN KEY'", "in ('FOREIGN KEY', 'CHECK')");

    private OccupiedNames() {}

    /** Each with its kind, such as {@code table orders}. Whatever is there counts, so ask only where no shop is yet. */
    public static Set<String> in(SchemaContents contents, SchemaScripts scripts, Dialect dialect) throws SQLException {
        Map<String, String> wanted = new HashMap<>();
        for (String name : scripts.names()) {
            int end = name.lastIndexOf(' ') + 1;
            wanted.put(name.substring(0, end) + contents.asStored(name.substring(end)), name);
        }
        Set<String> occupied = new TreeSet<>();
        try (PreparedStatement query = contents.connection().prepareStatement(namesOn(dialect))) {
            query.setString(1, contents.schema());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String name = wanted.get(row.getString(1).toLowerCase(Locale.ROOT) + " " + row.getString(2));
                    if (name != null) {
                        occupied.add(name);
                    }
                }
            }
        }
        return occupied;
    }

    private static String namesOn(Dialect dialect) {
        return switch (dialect) {
            case H2 -> ON_H2;
            case POSTGRESQL -> ON_POSTGRESQL;
            case MARIADB -> ON_MARIADB;
            case MYSQL -> ON_MYSQL;
        };
    }
}
