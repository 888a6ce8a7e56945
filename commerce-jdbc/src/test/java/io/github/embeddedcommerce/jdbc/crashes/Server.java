package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A database server, and how it can be lost. */
interface Server extends AutoCloseable {
    String url();

    /** From now on it answers nothing. */
    void goDown() throws Exception;

    /**
     * It is there again, at the same place, and whoever was connected is no longer. Returns when it can be connected
     * to.
     */
    void comeBack() throws Exception;

    @Override
    void close() throws IOException;

    /** The one that was named, or one of the test's own. */
    static Server of(Database database, Path folder) throws Exception {
        if (Servers.areNamed()) {
            return new DistantServer(database);
        }
        return database == Database.POSTGRESQL ? new PostgresServer(folder) : new MariaServer(folder);
    }

    /** Kills this process and those it has started, and waits for the end of all. */
    static void killWithChildren(ProcessHandle process) {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(0, process);
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().join());
    }

    /** Waits until it can be connected to. */
    default void await() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                DriverManager.getConnection(url()).close();
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() - begun > Duration.ofMinutes(5).toNanos()) {
                    throw notYet;
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }
}
