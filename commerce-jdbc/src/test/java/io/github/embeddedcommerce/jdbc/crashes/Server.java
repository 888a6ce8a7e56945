package io.github.embeddedcommerce.jdbc.crashes;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A database server of the test's own, that writes to disk what it commits, because it is killed. */
interface Server extends AutoCloseable {
    String url();

    /** What the names of the shop's tables begin with. */
    String tables();

    /** Kills it with all its processes, as a power cut would, but for the disk's cache. */
    void kill() throws Exception;

    /** Starts it again on what it left on the disk, at the same place. Returns when it can be connected to. */
    void startAgain() throws Exception;

    @Override
    void close() throws IOException;

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
