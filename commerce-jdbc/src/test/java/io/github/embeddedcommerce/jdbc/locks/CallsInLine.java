package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Calls that get in line while somebody else has the row that they want. */
abstract class CallsInLine extends ShopTest {
    static final int CALLERS = 8;
    static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long A_MOMENT = TimeUnit.MICROSECONDS.toNanos(50);

    final WatchedDataSource watched = new WatchedDataSource(() -> pool.getConnection());
    volatile CountDownLatch locking = new CountDownLatch(1);
    final List<Integer> shared = new CopyOnWriteArrayList<>();
    final List<CommerceListener.UseCaseEnded> ended = new CopyOnWriteArrayList<>();
    final List<CommerceListener.BrokenTransaction> broken = new CopyOnWriteArrayList<>();
    final List<CommerceFacade> others = new ArrayList<>();
    OptionId mug = new OptionId(1);
    UserId ann = new UserId("ann");
    UserId bob = new UserId("bob");

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        return shop(settings, 64);
    }

    CommerceFacade shop(CommerceSettings settings, int callsPerTransaction) {
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                if (trip.contains("for update")) {
                    locking.countDown();
                }
            }
        });
        return JdbcCommerce.using(watched)
                .settings(settings)
                .clock(clock)
                .callsPerTransaction(callsPerTransaction)
                .listener(new CommerceListener() {
                    @Override
                    public void transactionShared(SharedTransaction transaction) {
                        shared.add(transaction.calls());
                    }

                    @Override
                    public void transactionBroken(BrokenTransaction one) {
                        broken.add(one);
                    }

                    @Override
                    public void useCaseEnded(UseCaseEnded one) {
                        ended.add(one);
                    }
                })
                .build();
    }

    @BeforeEach
    void a_mug_and_two_users() {
        mug = product("MUG", 1_000, 5).option("MUG").id();
        ann = user("ann", 50_000);
        bob = user("bob", 50_000);
        shared.clear();
        ended.clear();
        broken.clear();
    }

    @AfterEach
    void close() {
        others.forEach(CommerceFacade::close);
    }

    StockLevel stock(OptionId option) {
        return shop.products().findStock(option).orElseThrow();
    }

    Order place(CommerceFacade at) {
        return at.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    CommerceFacade other(CommerceSettings settings, int callsPerTransaction) {
        CommerceFacade one = shop(settings, callsPerTransaction);
        others.add(one);
        return one;
    }

    interface ByNumber<T> {
        T of(int number);
    }

    static <T> List<T> each(ByNumber<T> call) {
        return each(CALLERS, call);
    }

    static <T> List<T> each(int calls, ByNumber<T> call) {
        return IntStream.range(0, calls).mapToObj(call::of).toList();
    }

    /** What came of the calls. */
    static final class Outcomes<T> {
        final List<T> results = new ArrayList<>();
        final List<Throwable> failures = new ArrayList<>();

        void collect(List<FutureTask<T>> tasks) {
            for (FutureTask<T> task : tasks) {
                try {
                    results.add(task.get());
                } catch (ExecutionException failure) {
                    failures.add(failure.getCause());
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            }
        }
    }

    static List<ErrorCode> codes(Outcomes<?> outcomes) {
        return outcomes.failures.stream()
                .map(failure -> ((CommerceException) failure).code())
                .toList();
    }

    <T> Outcomes<T> inLine(String rows, List<? extends Callable<T>> calls) {
        return inLine(rows, calls, threads -> {});
    }

    interface Meanwhile {
        void with(List<Thread> threads);
    }

    <T> Outcomes<T> inLine(String rows, List<? extends Callable<T>> calls, Meanwhile meanwhile) {
        return inLine(rows, calls, meanwhile, calls.size() - 1);
    }

    /** Makes the calls while somebody has the rows locked: first one that waits for them, then those in line behind. */
    <T> Outcomes<T> inLine(String rows, List<? extends Callable<T>> calls, Meanwhile meanwhile, int expectedInLine) {
        List<FutureTask<T>> tasks =
                calls.stream().<FutureTask<T>>map(FutureTask::new).toList();
        List<Thread> threads = tasks.stream().map(Thread::new).toList();
        whileLocked(rows, () -> {
            locking = new CountDownLatch(1);
            threads.get(0).start();
            await(() -> locking.getCount() == 0);
            threads.subList(1, threads.size()).forEach(Thread::start);
            await(() -> threads.stream()
                            .filter(thread -> isInLine(thread) || (thread != threads.get(0) && !thread.isAlive()))
                            .count()
                    >= expectedInLine);
            meanwhile.with(threads);
        });
        Outcomes<T> outcomes = new Outcomes<>();
        outcomes.collect(tasks);
        return outcomes;
    }

    static boolean isInLine(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker != null && blocker.getClass().getSimpleName().equals("CallLine");
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the calls are in line by now").isLessThan(end);
            LockSupport.parkNanos(A_MOMENT);
        }
    }
}
