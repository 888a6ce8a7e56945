package io.github.embeddedcommerce.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database on a server that one test after the other has a shop in, each starting without data. */
final class UsedShop {
    private static final String TABLES = """
            select table_schema, table_name from information_schema.tables
            where table_schema in ('commerce', ?)
              and table_name not like '%schema_history' and table_name not like '%shop'
            """;

    private final Supplier<String> newDatabase;
    private final String withoutForeignKeys;
    private @Nullable String url;

    UsedShop(Supplier<String> newDatabase, String withoutForeignKeys) {
        this.newDatabase = newDatabase;
        this.withoutForeignKeys = withoutForeignKeys;
    }

    HikariDataSource withoutData() {
        if (url == null) {
            url = newDatabase.get();
        } else {
            empty(url);
        }
        return Database.pool(url);
    }

    /** The next test gets a new one. */
    void forget() {
        url = null;
    }

    private void empty(String used) {
        try (Connection connection = DriverManager.getConnection(used);
                Statement deletes = connection.createStatement();
                PreparedStatement query = connection.prepareStatement(TABLES)) {
            String current = connection.getSchema();
            query.setString(1, current == null ? connection.getCatalog() : current);
            deletes.addBatch(withoutForeignKeys);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    deletes.addBatch("delete from " + row.getString(1) + "." + row.getString(2));
                }
            }
            deletes.executeBatch();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
