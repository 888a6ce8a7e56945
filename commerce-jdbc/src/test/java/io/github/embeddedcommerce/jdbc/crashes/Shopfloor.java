package io.github.embeddedcommerce.jdbc.crashes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process of many on one shop: buyers, each a thread with a journal, and all the jobs. It says "open" when it has
 * opened the shop, goes on until its standard input ends, so never longer than whoever started it, then has its closing
 * sale, and ends with status 0. It expects to be killed at any moment.
 *
 * @param plan what it is to do
 * @param shop the shop, opened by it
 * @param tally what is counted
 */
record Shopfloor(Plan plan, CommerceFacade shop, Journal tally) {
    private static final Duration PAUSE_OF_JOBS = Duration.ofMillis(150);

    /**
     * What a process is to do.
     *
     * @param folder where the stage, the tally and the sink are
     * @param lane the folder of the journals it takes up
     * @param cutting whether it cuts its own connections at random
     */
    record Plan(String url, Path folder, Path lane, int buyers, boolean cutting) {
        List<String> arguments() {
            return List.of(url, folder.toString(), lane.toString(), "" + buyers, "" + cutting);
        }

        static Plan of(String... arguments) {
            return new Plan(
                    arguments[0],
                    Path.of(arguments[1]),
                    Path.of(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Boolean.parseBoolean(arguments[4]));
        }
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        try {
            Plan plan = Plan.of(arguments);
            Journal tally = Journal.shared(plan.folder().resolve("tally"));
            try (CommerceFacade shop = open(plan, tally)) {
                System.out.println("open");
                new Shopfloor(plan, shop, tally).run();
            }
            System.out.println("closed");
            Runtime.getRuntime().halt(0);
        } catch (Throwable failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    /** Until there is a server to open it on. */
    private static CommerceFacade open(Plan plan, Journal tally) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return (plan.cutting ? JdbcCommerce.using(cutting(plan, tally)) : JdbcCommerce.open(plan.url))
                        .settings(Stage.settings())
                        .build();
            } catch (StorageException error) {
                tally.add("opened again after " + error.error());
                if (System.nanoTime() - begun > Duration.ofMinutes(2).toNanos()) {
                    throw error;
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private static WatchedDataSource cutting(Plan plan, Journal tally) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(plan.url);
        config.setInitializationFailTimeout(-1);
        WatchedDataSource watched = new WatchedDataSource(new HikariDataSource(config)::getConnection);
        watched.tell(new Scissors(tally));
        return watched;
    }

    private void run() throws Exception {
        Stage stage = Stage.read(plan.folder.resolve("stage"));
        AtomicBoolean open = new AtomicBoolean(true);
        AtomicBoolean staffed = new AtomicBoolean(true);
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<?> jobs = threads.submit(() -> work(staffed));
        List<Future<?>> buyers = new ArrayList<>();
        for (int i = 0; i < plan.buyers; i++) {
            int number = i;
            buyers.add(threads.submit(() -> buy(stage, number, open)));
        }
        new Thread(() -> closeAtEndOfInput(open)).start();
        failWithAny(buyers, jobs);
        staffed.set(false);
        jobs.get();
    }

    /** The first that fails ends the process; the others may have waited for ever for it. */
    private static void failWithAny(List<Future<?>> buyers, Future<?> jobs) throws Exception {
        while (!buyers.stream().allMatch(Future::isDone)) {
            for (Future<?> buyer : buyers) {
                if (buyer.isDone()) {
                    buyer.get();
                }
            }
            if (jobs.isDone()) {
                jobs.get();
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        for (Future<?> buyer : buyers) {
            buyer.get();
        }
    }

    private static void closeAtEndOfInput(AtomicBoolean open) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            open.set(false);
        }
    }

    private @Nullable Object buy(Stage stage, int number, AtomicBoolean open) {
        Random random = new Random();
        Clerk clerk = new Clerk(shop, plan.lane.resolve("buyer-" + number), tally, random);
        clerk.resume();
        Buyer buyer = new Buyer(shop, clerk, stage, random);
        while (open.get()) {
            buyer.turn();
        }
        buyer.closingSale(number, plan.buyers);
        return null;
    }

    private @Nullable Object work(AtomicBoolean staffed) throws Exception {
        try (Chores chores = new Chores(shop, plan.folder, tally)) {
            while (staffed.get()) {
                chores.all();
                LockSupport.parkNanos(PAUSE_OF_JOBS.toNanos());
            }
        }
        return null;
    }
}
