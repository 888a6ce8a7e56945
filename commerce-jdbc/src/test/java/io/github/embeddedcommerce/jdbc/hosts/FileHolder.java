package io.github.embeddedcommerce.jdbc.hosts;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A process that opens a database, says so, and keeps it open until its input ends. */
final class FileHolder {
    private FileHolder() {}

    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            System.out.println(connection.isClosed() ? "closed" : "open");
            while (System.in.read() >= 0) {
                System.out.flush();
            }
        }
    }
}
