package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.jdbc.crashes.Shopfloor.Plan;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A shop with many processes, each of which may be killed at any moment, as may the database server and every
 * connection; of a server that was named, all connections at once instead. Short as part of the build;
 * {@code -Dtorture.minutes=30} makes it last that long in all, and print its figures.
 */
class TortureTest {
    private static final int MINUTES = Integer.getInteger("torture.minutes", 0);
    private static final boolean LONG = MINUTES > 0;
    private static final int PROCESSES = LONG ? 3 : 2;
    private static final int BUYERS = 4;
    private static final int LIMITED_COUPONS = LONG ? 40 : 8;

    private final Random random = new Random();
    private final long begun = System.nanoTime();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS, factory = InTarget.class)
    Path folder;

    private int outages;

    /** All that keep what they commit, or the one that was named. */
    static Stream<Database> tested() {
        return Database.tested().filter(database -> database != Database.H2_IN_MEMORY);
    }

    static Stream<Database> servers() {
        return tested().filter(database -> database != Database.H2_IN_FILE);
    }

    static Stream<Database> files() {
        return tested().filter(database -> database == Database.H2_IN_FILE);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("servers")
    @Tag("T3")
    @Tag("T5")
    @Tag("T7")
    @Tag("E3")
    @Tag("J1")
    @Tag("J2")
    @Tag("J3")
    @Tag("K2")
    void processes_and_a_server_die_and_all_that_was_answered_is_done_once(Database database) throws Exception {
        try (Server server = Server.of(database, folder)) {
            torture(server, database);
        }
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("files")
    @Tag("D1")
    @Tag("T5")
    @Tag("J3")
    void processes_die_over_a_file_and_all_that_was_answered_is_done_once(Database database) throws Exception {
        String url = "jdbc:h2:async:" + folder.resolve("shop");
        Torture torture = new Torture(url, folder);
        torture.setUp(LIMITED_COUPONS);
        try (Keeper keeper =
                new Keeper(List.of(new Plan(url, folder, torture.lanes().resolve("1"), 2 * BUYERS, false)))) {
            while (goesOn(keeper, 3)) {
                keeper.startAll();
                keeper.awaitOpen();
                pause(500, 2_500);
                keeper.killAll();
                torture.checkAfterKill();
            }
            keeper.startAll();
            keeper.awaitOpen();
            keeper.letFinish();
            report(database, keeper, torture, torture.closeBooks());
        }
    }

    private void torture(Server server, Database database) throws Exception {
        Torture torture = new Torture(server.url(), folder);
        torture.setUp(LIMITED_COUPONS);
        List<Plan> plans = IntStream.range(0, PROCESSES)
                .mapToObj(i -> new Plan(server.url(), folder, torture.lanes().resolve("" + i), BUYERS, i == 0))
                .toList();
        try (Keeper keeper = new Keeper(plans)) {
            keeper.startAll();
            keeper.awaitOpen();
            long lastOutage = System.nanoTime();
            while (goesOn(keeper, 2)) {
                pause(500, LONG ? 6_000 : 2_000);
                if (LONG ? since(lastOutage) > 30 : outages == 0) {
                    server.goDown();
                    pause(100, 1_500);
                    server.comeBack();
                    outages++;
                    lastOutage = System.nanoTime();
                    torture.checkOpenShop();
                }
                int victim = random.nextInt(PROCESSES);
                if (LONG && random.nextInt(3) == 0) {
                    keeper.replace(victim); // so that the next one is killed while it opens the shop
                    pause(100, 1_500);
                }
                keeper.replaceAndAwait(victim);
            }
            keeper.killAll();
            torture.checkAfterKill();
            keeper.startAll();
            keeper.awaitOpen();
            keeper.letFinish();
            report(database, keeper, torture, torture.closeBooks());
        }
    }

    /** Until the time of this database is over; in the short form until so many processes have been killed. */
    private boolean goesOn(Keeper keeper, int kills) {
        return LONG ? since(begun) < MINUTES * 60L / tested().count() : keeper.killed() < kills;
    }

    private static long since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
    }

    private void pause(int fromMillis, int toMillis) {
        LockSupport.parkNanos(
                Duration.ofMillis(random.nextInt(fromMillis, toMillis)).toNanos());
    }

    @SuppressWarnings("SystemOut")
    private void report(Database database, Keeper keeper, Torture torture, Books books) throws IOException {
        if (!LONG) {
            return;
        }
        Map<String, Long> tallies = torture.tallies();
        System.out.printf(
                "%s: %d minutes, %d processes started, %d killed, %d outages of the server, %d connections cut, %d operations,"
                        + " %d tries repeated, %d calls taken up from the dead, %d orders, 0 violations%n",
                database,
                since(begun) / 60,
                keeper.started(),
                keeper.killed(),
                outages,
                tallies.getOrDefault("cut", 0L),
                books.operations,
                tallies.getOrDefault("retried", 0L),
                tallies.getOrDefault("resumed", 0L),
                books.deals.size());
    }

    /** What is in the system's folder for temporary files, MariaDB's starter removes when it starts it again. */
    static final class InTarget implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            Path parent = Files.createDirectories(Path.of("target", "torture"));
            return Files.createTempDirectory(parent.toAbsolutePath(), "");
        }
    }
}
