package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls that wait for the same row or for a connection share a transaction, and each is answered as if it had one of
 * its own. Somebody else holds the row while they get in line.
 */
class SharedTransactionsTest extends ShopTest {
    private static final int CALLERS = 8;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final WatchedDataSource watched = new WatchedDataSource(() -> pool.getConnection());
    private volatile CountDownLatch locking = new CountDownLatch(1);
    private final List<Integer> shared = new CopyOnWriteArrayList<>();
    private final List<CommerceListener.UseCaseEnded> ended = new CopyOnWriteArrayList<>();
    private final List<CommerceFacade> others = new ArrayList<>();
    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");
    private UserId bob = new UserId("bob");

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        return shop(settings, 64);
    }

    private CommerceFacade shop(CommerceSettings settings, int callsPerTransaction) {
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
    }

    @AfterEach
    void close() {
        others.forEach(CommerceFacade::close);
    }

    @Test
    @Tag("S2")
    @Tag("T9")
    void eight_orders_of_one_option_share_a_transaction_and_those_beyond_the_stock_are_refused() {
        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), each(n -> () -> place(shop)));

        assertThat(placed.results).hasSize(5);
        assertThat(new HashSet<>(placed.results.stream().map(Order::id).toList()))
                .hasSize(5);
        assertThat(codes(placed)).containsOnly(ErrorCode.INSUFFICIENT_STOCK).hasSize(3);
        assertThat(shared).contains(CALLERS - 1);
        assertThat(ended.stream().filter(one -> one.useCase().equals("orders.place")))
                .hasSize(CALLERS);
    }

    @Test
    @Tag("O1")
    @Tag("T9")
    void orders_of_users_who_are_there_are_placed_and_that_of_one_who_is_not_is_refused() {
        List<Callable<Order>> calls = new ArrayList<>(each(4, n -> () -> place(shop)));
        calls.add(
                2, () -> shop.orders().place(PlaceOrder.by(new UserId("nobody")).line(mug, 1)));

        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), calls);

        assertThat(placed.results).hasSize(4);
        assertThat(codes(placed)).containsExactly(ErrorCode.USER_NOT_FOUND);
    }

    @Test
    @Tag("O4")
    @Tag("T9")
    void one_order_paid_by_eight_calls_is_paid_once() {
        Order order = place(shop);

        Outcomes<?> paid =
                inLine("users where id = 'ann'", each(n -> () -> shop.orders().pay(PayOrder.by(ann, order.id()))));

        assertThat(paid.results).hasSize(1);
        assertThat(codes(paid)).containsOnly(ErrorCode.ALREADY_PAID).hasSize(CALLERS - 1);
        assertThat(shared).contains(CALLERS - 1);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(49_000));
    }

    @Test
    @Tag("T9")
    void orders_paid_and_pending_are_cancelled_together() {
        List<Order> orders = each(4, n -> n).stream().map(n -> place(shop)).toList();
        orders.subList(0, 2).forEach(order -> shop.orders().pay(PayOrder.by(ann, order.id())));

        Outcomes<?> cancelled = inLine(
                "users where id = 'ann'",
                orders.stream()
                        .<Callable<Object>>map(order -> () -> shop.orders().cancel(CancelOrder.by(ann, order.id())))
                        .toList());

        assertThat(cancelled.failures).isEmpty();
        assertThat(cancelled.results).hasSize(4);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(50_000));
    }

    @Test
    @Tag("K2")
    @Tag("T9")
    void a_coupon_with_four_left_goes_to_the_first_four_in_line() {
        CouponId coupon = shop.coupons()
                .create(NewCoupon.of(
                                "Hunt",
                                DiscountRule.percent(10),
                                clock.instant().plus(Duration.ofDays(1)))
                        .limitedTo(4))
                .id();
        List<UserId> hunters = IntStream.range(0, CALLERS)
                .mapToObj(n -> user("hunter-" + n, 0))
                .toList();

        Outcomes<?> issued = inLine(
                "coupons where id = " + coupon.value(),
                each(n -> () -> shop.coupons().issue(hunters.get(n), coupon)));

        assertThat(issued.results).hasSize(4);
        assertThat(codes(issued)).containsOnly(ErrorCode.COUPON_SOLD_OUT).hasSize(4);
        assertThat(shared).contains(CALLERS - 1);
    }

    @Test
    @Tag("B5")
    @Tag("T9")
    void one_balance_topped_up_by_eight_calls_adds_up_with_a_line_each() {
        Outcomes<BalanceChange> changes =
                inLine("users where id = 'ann'", each(n -> () -> shop.users().topUp(TopUp.of(ann, won(n + 1)))));

        assertThat(changes.results.stream().map(BalanceChange::number).sorted())
                .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(50_036));
    }

    @Test
    @Tag("T9")
    void carts_and_stock_changed_by_eight_calls_add_up() {
        Outcomes<?> added =
                inLine("users where id = 'ann'", each(4, n -> () -> shop.carts().add(AddToCart.of(ann, mug, 1))));
        Outcomes<?> received = inLine(
                "stock where option_id = " + mug.value(),
                each(n -> () -> shop.products().receiveStock(ReceiveStock.of(mug, 10))));

        assertThat(added.failures).isEmpty();
        assertThat(received.failures).isEmpty();
        assertThat(shop.carts().get(ann).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.item().quantity()).isEqualTo(4));
        assertThat(stock(mug).onHand()).isEqualTo(85);
    }

    @Test
    @Tag("T5")
    @Tag("T9")
    void calls_with_the_same_key_never_share_and_all_have_the_first_result() {
        IdempotencyKey key = IdempotencyKey.random();

        Outcomes<Order> placed = inLine(
                "stock where option_id = " + mug.value(),
                each(n -> () ->
                        shop.orders().place(PlaceOrder.by(ann).line(mug, 1).withKey(key))));

        assertThat(placed.failures).isEmpty();
        assertThat(new HashSet<>(placed.results.stream().map(Order::id).toList()))
                .hasSize(1);
        assertThat(shared).isEmpty();
        assertThat(stock(mug).reserved()).isEqualTo(1);
    }

    @Test
    @Tag("T9")
    void a_call_that_the_database_refuses_fails_alone() {
        sql("alter table <commerce>balance_changes add constraint <name>no_seven check (amount <> 7)");

        Outcomes<BalanceChange> changes =
                inLine("users where id = 'ann'", each(n -> () -> shop.users().topUp(TopUp.of(ann, won(n + 5)))));

        assertThat(changes.failures).singleElement().isInstanceOfSatisfying(StorageException.class, failure -> {
            assertThat(failure.error()).isEqualTo(StorageError.OTHER);
            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
        });
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(50_000 + 5 + 6 + 8 + 9 + 10 + 11 + 12));
    }

    @Test
    @Tag("T9")
    void a_call_that_is_interrupted_in_line_leaves_it_and_keeps_its_flag() {
        AtomicInteger flags = new AtomicInteger();
        List<Callable<Order>> calls = each(4, n -> () -> {
            try {
                return place(shop);
            } finally {
                flags.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            }
        });

        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), calls, threads -> {
            Thread one = threads.get(2);
            one.interrupt();
            await(() -> !one.isAlive());
        });

        assertThat(placed.results).hasSize(3);
        assertThat(placed.failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.error()).isEqualTo(StorageError.INTERRUPTED));
        assertThat(flags).hasValue(1);
    }

    @Test
    @Tag("T9")
    void who_waits_in_line_for_a_row_gives_up_when_the_lock_wait_is_over_and_says_for_which() {
        CommerceFacade patient = other(CommerceSettings.defaults(), 64);
        CommerceFacade impatient = other(
                CommerceSettings.defaults()
                        .withTransactionRetry(new TransactionRetry(Duration.ofMillis(300), 1, Duration.ofSeconds(30))),
                64);

        Outcomes<Order> placed = inLine(
                "stock where option_id = " + mug.value(),
                List.of(() -> place(patient), () -> place(impatient), () -> place(impatient), () -> place(impatient)),
                threads -> await(() -> threads.subList(1, 4).stream().noneMatch(Thread::isAlive)),
                3);

        assertThat(placed.results).hasSize(1);
        assertThat(placed.failures)
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                late -> assertThat(late.error()).isEqualTo(StorageError.LOCK_TIMEOUT))
                        .hasMessageContaining("waiting for STOCK"));
    }

    @Test
    @Tag("T9")
    void with_one_call_a_transaction_none_is_shared() {
        CommerceFacade apart = other(CommerceSettings.defaults(), 1);

        List<Callable<Order>> calls = each(4, n -> () -> place(apart));
        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), calls, threads -> {}, 0);

        assertThat(placed.results).hasSize(4);
        assertThat(shared).isEmpty();
    }

    @Test
    @Tag("T9")
    void many_more_callers_than_connections_wait_for_their_turn() {
        OptionId cup = product("CUP", 10, 10_000).option("CUP").id();
        Outcomes<Order> placed = new Outcomes<>();
        List<Callable<Order>> calls =
                each(400, n -> () -> shop.orders().place(PlaceOrder.by(bob).line(cup, 1)));

        List<FutureTask<Order>> tasks = calls.stream().map(FutureTask::new).toList();
        List<Thread> threads = tasks.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        placed.collect(tasks);

        assertThat(placed.failures).isEmpty();
        assertThat(placed.results).hasSize(400);
        assertThat(stock(cup).reserved()).isEqualTo(400);
    }

    private StockLevel stock(OptionId option) {
        return shop.products().findStock(option).orElseThrow();
    }

    private Order place(CommerceFacade at) {
        return at.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    private CommerceFacade other(CommerceSettings settings, int callsPerTransaction) {
        CommerceFacade one = shop(settings, callsPerTransaction);
        others.add(one);
        return one;
    }

    private interface ByNumber<T> {
        T of(int number);
    }

    private static <T> List<T> each(ByNumber<T> call) {
        return each(CALLERS, call);
    }

    private static <T> List<T> each(int calls, ByNumber<T> call) {
        return IntStream.range(0, calls).mapToObj(call::of).toList();
    }

    /** What came of the calls. */
    private static final class Outcomes<T> {
        private final List<T> results = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();

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

    private static List<ErrorCode> codes(Outcomes<?> outcomes) {
        return outcomes.failures.stream()
                .map(failure -> ((CommerceException) failure).code())
                .toList();
    }

    private <T> Outcomes<T> inLine(String rows, List<? extends Callable<T>> calls) {
        return inLine(rows, calls, threads -> {});
    }

    private interface Meanwhile {
        void with(List<Thread> threads);
    }

    private <T> Outcomes<T> inLine(String rows, List<? extends Callable<T>> calls, Meanwhile meanwhile) {
        return inLine(rows, calls, meanwhile, calls.size() - 1);
    }

    /** Makes the calls while somebody has the rows locked: first one that waits for them, then those in line behind. */
    private <T> Outcomes<T> inLine(
            String rows, List<? extends Callable<T>> calls, Meanwhile meanwhile, int expectedInLine) {
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

    private static boolean isInLine(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker != null && blocker.getClass().getSimpleName().equals("CallLine");
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the calls are in line by now").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
