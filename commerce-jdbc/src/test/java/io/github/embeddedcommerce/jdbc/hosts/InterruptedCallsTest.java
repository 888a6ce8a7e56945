package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt concerns the call whose thread it is for, and no other call. */
@Tag("E3")
class InterruptedCallsTest extends ShopTest {
    private static final int STOCK = 1_000_000;
    private static final long A_MOMENT = 20_000;

    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");

    /** With a pool that no other test has: the one on a file is left with a single connection. */
    @Override
    @BeforeEach
    public void open() {
        if (database == Database.H2_IN_FILE) {
            pool = database.empty();
            shop = open(CommerceSettings.defaults());
        } else {
            super.open();
        }
    }

    @BeforeEach
    void a_mug_and_a_user() {
        mug = product("MUG", 1_000, STOCK).option("MUG").id();
        ann = user("ann", 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_that_is_interrupted_before_it_begins_leaves_the_shop_to_the_others(boolean opened) {
        try (CommerceFacade called = opened ? own() : hosts()) {
            Thread.currentThread().interrupt();
            place(called);
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();

            topUp(called);
        }
        topUp(shop);
    }

    @Test
    void a_call_that_is_interrupted_at_any_of_its_round_trips_leaves_the_shop_to_the_others() {
        WatchedDataSource watched = new WatchedDataSource(() -> DriverManager.getConnection(pool.getJdbcUrl()));
        HikariConfig config = new HikariConfig();
        config.setDataSource(watched);
        config.setMaximumPoolSize(3);
        try (HikariDataSource hosts = new HikariDataSource(config)) {
            interruptAtEach(watched, JdbcCommerce.using(hosts).clock(clock).build());
        }
    }

    private void interruptAtEach(WatchedDataSource watched, CommerceFacade interrupted) {
        boolean all = false;
        for (int trip = 1; !all; trip++) {
            AtomicInteger left = new AtomicInteger(trip);
            watched.tell(new WatchedDataSource.Watcher() {
                @Override
                public void before(String statement, Connection connection) {
                    if (left.decrementAndGet() == 0) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            place(interrupted);
            all = left.get() > 0;
            watched.tell(new WatchedDataSource.Watcher() {});
            assertThat(Thread.interrupted())
                    .as("the flag after round trip %s", trip)
                    .isEqualTo(!all);

            topUp(interrupted);
            topUp(shop);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_thread_that_is_interrupted_at_any_moment_leaves_the_shop_to_the_others(boolean opened) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicBoolean ended = new AtomicBoolean();
        try (CommerceFacade called = opened ? own() : hosts()) {
            Future<Integer> others = threads.submit(() -> {
                int calls = 0;
                while (!ended.get()) {
                    topUp(called);
                    calls++;
                }
                return calls;
            });
            for (int round = 0; round < 100; round++) {
                interruptOnce(threads, called);
            }
            ended.set(true);
            assertThat(others.get()).isPositive();
        } finally {
            ended.set(true);
            threads.shutdown();
        }
        topUp(shop);
    }

    /** Calls in a thread until it has been interrupted, at some moment in the first few calls. */
    private void interruptOnce(ExecutorService threads, CommerceFacade called)
            throws InterruptedException, ExecutionException {
        AtomicInteger calls = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread[] caller = new Thread[1];
        Future<?> calling = threads.submit(() -> {
            synchronized (caller) {
                caller[0] = Thread.currentThread();
                caller.notifyAll();
            }
            while (!Thread.currentThread().isInterrupted()) {
                place(called);
                calls.incrementAndGet();
            }
            interrupted.set(Thread.interrupted());
        });
        synchronized (caller) {
            while (caller[0] == null) {
                caller.wait();
            }
        }
        while (calls.get() == 0 && !calling.isDone()) {
            LockSupport.parkNanos(A_MOMENT);
        }
        long moment = System.nanoTime() + ThreadLocalRandom.current().nextLong(5_000_000);
        while (System.nanoTime() < moment) {
            LockSupport.parkNanos(A_MOMENT);
        }
        caller[0].interrupt();
        calling.get();
        assertThat(interrupted).isTrue();
    }

    /** An interrupted call either comes to its end, or is told that it was interrupted. */
    private void place(CommerceFacade called) {
        try {
            called.orders().place(PlaceOrder.by(ann).line(mug, 1));
        } catch (StorageException failure) {
            assertThat(failure.error()).as("%s", failure).isEqualTo(StorageError.INTERRUPTED);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
    }

    private void topUp(CommerceFacade called) {
        called.users().topUp(TopUp.of(ann, won(1)));
    }

    private CommerceFacade own() {
        return JdbcCommerce.open(pool.getJdbcUrl()).clock(clock).build();
    }

    /** With one connection on a file of H2, as {@link JdbcCommerce#using} advises. */
    private CommerceFacade hosts() {
        if (database == Database.H2_IN_FILE) {
            pool.setMaximumPoolSize(1);
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        return JdbcCommerce.using(pool).clock(clock).withoutMigration().build();
    }
}
