package io.github.embeddedcommerce.jdbc.hosts;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.h2.jdbcx.JdbcDataSource;

/** What a host does whose Flyway is not the one of this library, loaded by a class loader that has that one. */
public final class HostOfAnotherFlyway implements Callable<String> {
    /** What came of opening a shop, and of opening one on tables that the host has created by the written SQL. */
    @Override
    public String call() throws IOException, SQLException {
        return opened() + "\n" + openedOnWrittenSql();
    }

    private static String opened() {
        JdbcDataSource database = database("another-flyway");
        try (CommerceFacade shop = JdbcCommerce.using(database).build()) {
            return "opened, with " + shop.users().register(new UserId("ann")).id();
        } catch (CommerceException refusal) {
            return "refused: " + refusal.getMessage();
        }
    }

    private static String openedOnWrittenSql() throws IOException, SQLException {
        JdbcDataSource database = database("another-flyway-by-hand");
        StringBuilder sql = new StringBuilder();
        JdbcCommerce.using(database).schema().writeSql(sql);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.toString());
            try (CommerceFacade shop =
                    JdbcCommerce.using(database).withoutMigration().build()) {
                return "by hand: opened, with "
                        + shop.users().register(new UserId("ann")).id();
            }
        }
    }

    private static JdbcDataSource database(String name) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return database;
    }
}
