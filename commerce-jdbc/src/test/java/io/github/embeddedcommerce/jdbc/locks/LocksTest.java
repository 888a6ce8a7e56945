package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.LockWaitAlert;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Waiting for rows that somebody else has locked, for too long or in a circle, and being told of it. */
class LocksTest extends ShopTest {
    private final List<Object> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch wantsUser = new CountDownLatch(1);
    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");

    @BeforeEach
    void a_mug_and_a_user() {
        mug = product("MUG", 1_000, 10).option("MUG").id();
        user("ann", 50_000);
    }

    @Test
    @Tag("K2")
    void nobody_waits_for_a_coupon_without_a_limit() {
        NewCoupon any =
                NewCoupon.of("Any", DiscountRule.percent(10), clock.instant().plusSeconds(60));
        CouponId coupon = shop.coupons().create(any).id();
        UserId first = user("first", 0);
        UserId second = user("second", 0);
        CommerceFacade hasty = open(CommerceSettings.defaults()
                .withTransactionRetry(new TransactionRetry(Duration.ofSeconds(1), 1, Duration.ofSeconds(30))));

        shop.inTransaction(joined -> {
            joined.coupons().issue(first, coupon);
            if (database == Database.H2_IN_FILE) { // which one transaction at a time writes, whatever it is about
                whileLocked("coupons where id = " + coupon, () -> {});
                return first;
            }
            return CompletableFuture.supplyAsync(() -> hasty.coupons().issue(second, coupon))
                    .join();
        });

        assertThat(shop.coupons().list(first, PageRequest.first()).items()).hasSize(1);
        assertThat(shop.coupons().list(second, PageRequest.first()).items())
                .hasSize(database == Database.H2_IN_FILE ? 0 : 1);
    }

    @Test
    @Tag("T5")
    void who_waits_for_a_key_keeps_nobody_from_another_key() {
        if (database == Database.H2_IN_FILE) {
            return; // which one transaction at a time writes
        }
        UserId bob = user("bob", 0);
        IdempotencyKey key = new IdempotencyKey("key");
        CommerceFacade patient = open(CommerceSettings.defaults()
                .withTransactionRetry(TransactionRetry.defaults()
                        .withLockWait(Duration.ofSeconds(20))
                        .withTotal(Duration.ofMinutes(1))));
        CommerceFacade hasty = open(CommerceSettings.defaults()
                .withTransactionRetry(new TransactionRetry(Duration.ofSeconds(1), 1, Duration.ofSeconds(30))));
        TopUp toppedUp = TopUp.of(ann, won(1)).withKey(key);

        CompletableFuture<BalanceChange> again = shop.inTransaction(joined -> {
            joined.users().topUp(toppedUp);
            CompletableFuture<BalanceChange> waiting =
                    CompletableFuture.supplyAsync(() -> patient.users().topUp(toppedUp));
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            hasty.users().topUp(TopUp.of(bob, won(2)).withKey(key));
            assertThat(waiting).isNotDone();
            return waiting;
        });

        assertThat(again.join().after()).isEqualTo(won(50_001));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(50_001));
        assertThat(shop.users().getBalance(bob)).isEqualTo(won(2));
    }

    @Test
    @Tag("T4")
    @Tag("T8")
    @Tag("E3")
    void a_lock_that_does_not_come_free_is_given_up_and_named() throws SQLException {
        CommerceFacade impatient = watched(new TransactionRetry(Duration.ofSeconds(1), 1, Duration.ofSeconds(30)));
        try (Connection host = pool.getConnection();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            statement.execute(own("select * from <commerce>stock where option_id = " + mug + " for update"));

            assertThatThrownBy(() -> impatient.orders().place(PlaceOrder.by(ann).line(mug, 1)))
                    .isInstanceOfSatisfying(StorageException.class, failure -> {
                        assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                        assertThat(failure.getMessage()).contains("orders.place", "STOCK [" + mug + "]");
                    });
            host.rollback();
            host.setAutoCommit(true);
        }

        assertThat(told)
                .anySatisfy(news -> assertThat(news).isInstanceOfSatisfying(CommerceListener.LockWait.class, wait -> {
                    assertThat(wait.resource()).isEqualTo(LockOrder.STOCK);
                    assertThat(wait.acquired()).isFalse();
                    assertThat(wait.duration()).isGreaterThan(Duration.ofMillis(900));
                }));
        assertThat(told)
                .anySatisfy(news -> assertThat(news)
                        .isInstanceOfSatisfying(CommerceListener.BrokenTransaction.class, broken -> {
                            assertThat(broken.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                            assertThat(broken.pause()).isNull();
                        }));
        assertThat(told)
                .anySatisfy(news -> assertThat(news)
                        .isInstanceOfSatisfying(CommerceListener.UseCaseEnded.class, ended -> {
                            assertThat(ended.useCase()).isEqualTo("orders.place");
                            assertThat(ended.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                        }));
    }

    @Test
    @Tag("T8")
    void a_statement_that_fails_for_another_reason_than_waiting_is_not_told_to_have_given_up() {
        sql("alter table <commerce>stock add constraint <name>nothing_reserved check (reserved = 0)");
        CommerceFacade watched = watched(CommerceSettings.defaults().transactionRetry());

        assertThatThrownBy(() -> watched.orders().place(PlaceOrder.by(ann).line(mug, 1)))
                .isInstanceOf(StorageException.class)
                .hasMessageNotContaining("waiting");

        assertThat(told)
                .filteredOn(CommerceListener.LockWait.class::isInstance)
                .isNotEmpty()
                .allSatisfy(news -> assertThat(((CommerceListener.LockWait) news).acquired())
                        .isTrue());
    }

    @Test
    @Tag("T2")
    @Tag("T3")
    void a_transaction_of_the_hosts_that_locks_in_the_wrong_order_is_survived() throws Exception {
        CommerceFacade watched = watched(CommerceSettings.defaults().transactionRetry());
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        ExecutorService buyer = Executors.newSingleThreadExecutor();
        try (Connection host = pool.getConnection();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            statement.execute(own("select * from <commerce>users where id = 'ann' for update"));
            Future<Receipt> paying = buyer.submit(() -> watched.orders().pay(PayOrder.by(ann, order.id())));
            wantsUser.await();
            lockOrder(statement, order);
            host.rollback();
            host.setAutoCommit(true);

            assertThat(paying.get().order().status()).isEqualTo(OrderStatus.PAID);
        } finally {
            buyer.shutdownNow();
        }
    }

    @Test
    @Tag("T6")
    @Tag("T8")
    void use_cases_in_one_transaction_are_told_when_it_has_ended() {
        CommerceFacade watched = watched(CommerceSettings.defaults().transactionRetry());

        watched.inTransaction(joined -> {
            joined.users().topUp(TopUp.of(ann, won(1)));
            refused(ErrorCode.USER_NOT_FOUND, () -> joined.users().topUp(TopUp.of(new UserId("bob"), won(1))));
            assertThat(told).isEmpty();
            return joined;
        });
        assertThat(useCasesTold()).containsExactly("users.topUp", "users.topUp", "inTransaction");
        told.clear();
        assertThatThrownBy(() -> watched.inTransaction(joined -> {
                    joined.users().topUp(TopUp.of(ann, won(1)));
                    throw new IllegalStateException("the host thinks better of it");
                }))
                .hasMessage("the host thinks better of it");
        assertThat(useCasesTold()).containsExactly("users.topUp", "inTransaction");
    }

    @Test
    @Tag("T8")
    void use_cases_are_told_by_their_names() {
        CommerceFacade watched = watched(CommerceSettings.defaults().transactionRetry());
        OptionId cup = watched.products()
                .register(NewProduct.of("Cup", "test", won(1)).withOption("CUP", 1))
                .option("CUP")
                .id();
        CartItem item = watched.carts().add(AddToCart.of(ann, cup, 1));
        watched.carts().changeQuantity(ann, item.id(), 1);
        watched.carts().remove(ann, item.id());
        watched.users().topUp(TopUp.of(ann, won(1)));
        watched.users().adjust(AdjustBalance.of(ann, won(-1), "paid out"));
        watched.products().receiveStock(ReceiveStock.of(cup, 1));
        watched.products().adjustStock(AdjustStock.of(cup, -1, "broken"));
        watched.coupons()
                .issue(
                        ann,
                        watched.coupons()
                                .create(NewCoupon.of(
                                        "Any",
                                        DiscountRule.percent(10),
                                        clock.instant().plusSeconds(60)))
                                .id());

        assertThat(useCasesTold())
                .containsExactly(
                        "products.register",
                        "carts.add",
                        "carts.changeQuantity",
                        "carts.remove",
                        "users.topUp",
                        "users.adjust",
                        "products.receiveStock",
                        "products.adjustStock",
                        "coupons.create",
                        "coupons.issue");
    }

    private List<String> useCasesTold() {
        return told.stream()
                .filter(CommerceListener.UseCaseEnded.class::isInstance)
                .map(news -> ((CommerceListener.UseCaseEnded) news).useCase())
                .toList();
    }

    @Test
    @Tag("T8")
    void what_a_listener_throws_disturbs_nobody() {
        CommerceFacade told = JdbcCommerce.using(pool)
                .clock(clock)
                .listener(new CommerceListener() {
                    @Override
                    public void useCaseEnded(UseCaseEnded ended) {
                        throw new IllegalStateException("a broken listener");
                    }
                })
                .build();

        assertThat(told.users().get(ann).balance()).isEqualTo(won(50_000));
    }

    @Test
    @Tag("T8")
    void every_listener_is_told_of_every_use_case_and_every_lock() {
        List<CommerceListener.UseCaseEnded> ended = new CopyOnWriteArrayList<>();
        List<CommerceListener.LockWait> alerts = new CopyOnWriteArrayList<>();
        CommerceFacade told = JdbcCommerce.using(pool)
                .clock(clock)
                .listener(new CommerceListener() {
                    @Override
                    public void useCaseEnded(UseCaseEnded useCase) {
                        if (useCase.useCase().equals("orders.place")) {
                            ended.add(useCase);
                        }
                    }
                })
                .listener(new LockWaitAlert(Duration.ZERO, alerts::add))
                .listener(new LockWaitAlert(Duration.ofHours(1), wait -> alerts.clear()))
                .build();

        told.orders().place(PlaceOrder.by(ann).line(mug, 1));
        refused(
                ErrorCode.INSUFFICIENT_STOCK,
                () -> told.orders().place(PlaceOrder.by(ann).line(mug, 100)));

        assertThat(ended)
                .extracting(CommerceListener.UseCaseEnded::refusal)
                .containsExactly(null, ErrorCode.INSUFFICIENT_STOCK);
        assertThat(alerts)
                .hasSize(3)
                .allSatisfy(wait -> assertThat(wait.resource()).isEqualTo(LockOrder.STOCK));
    }

    /** A deadlock may cost either side its transaction; here the host does not mind. */
    private void lockOrder(Statement statement, Order order) {
        try {
            statement.execute(own("select * from <commerce>orders where id = " + order.id() + " for update"));
        } catch (SQLException victim) {
            told.add(victim);
        }
    }

    private CommerceFacade watched(TransactionRetry retry) {
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        CommerceFacade opened = JdbcCommerce.using(watched)
                .settings(CommerceSettings.defaults().withTransactionRetry(retry))
                .clock(clock)
                .listener(new CommerceListener() {
                    @Override
                    public void useCaseEnded(UseCaseEnded ended) {
                        told.add(ended);
                    }

                    @Override
                    public void lockWaited(LockWait wait) {
                        told.add(wait);
                    }

                    @Override
                    public void transactionBroken(BrokenTransaction broken) {
                        told.add(broken);
                    }
                })
                .build();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                if (trip.contains("users where id in")) {
                    wantsUser.countDown();
                }
            }
        });
        return opened;
    }
}
