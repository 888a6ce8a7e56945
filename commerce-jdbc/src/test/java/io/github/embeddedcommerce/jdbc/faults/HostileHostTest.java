package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A host that locks our rows by itself, stock before orders, which is the wrong way round: it and the shop wait for
 * each other, and the database breaks one of them off. The shop's call comes to its right end either way.
 */
@Tag("T2")
@Tag("T3")
class HostileHostTest extends ShopTest {
    private final List<StorageError> troubles = new CopyOnWriteArrayList<>();
    private final CountDownLatch wantsStock = new CountDownLatch(1);
    private final CountDownLatch hostIsThrough = new CountDownLatch(1);
    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");
    private Order order = nothing();
    private CommerceFacade watched = nothing();

    @BeforeEach
    void an_order() {
        mug = product("MUG", 1_000, 10).option("MUG").id();
        ann = user("ann", 5_000);
        order = shop.orders().place(PlaceOrder.by(ann).line(mug, 2));
        watched = watched();
    }

    @Test
    void a_payment_happens_once() throws Exception {
        assertThat(colliding(() -> watched.orders().pay(PayOrder.by(ann, order.id())))
                        .remainingBalance())
                .isEqualTo(won(3_000));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(3_000));
        assertThat(available()).isEqualTo(8);
    }

    @Test
    void a_refund_happens_once() throws Exception {
        shop.orders().pay(PayOrder.by(ann, order.id()));

        assertThat(colliding(() -> watched.orders().cancel(CancelOrder.by(ann, order.id())))
                        .refunded())
                .isEqualTo(won(2_000));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(5_000));
        assertThat(available()).isEqualTo(10);
    }

    @Test
    void an_order_expires_once() throws Exception {
        clock.advance(Duration.ofMinutes(10));

        assertThat(colliding(() -> watched.jobs().expireOverdueOrders().call()).expired())
                .isEqualTo(1);
        assertThat(shop.orders().get(ann, order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(available()).isEqualTo(10);
    }

    /** What the call returns that holds the order and wants the stock, while the host has it the other way round. */
    private <T> T colliding(Callable<T> call) throws Exception {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (Connection host = pool.getConnection();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            statement.execute(own("select * from <commerce>stock where option_id = " + mug + " for update"));
            Future<T> called = caller.submit(call);
            wantsStock.await();
            lockOrder(statement);
            hostIsThrough.countDown();
            host.rollback();
            host.setAutoCommit(true);

            T result = called.get();
            assertThat(troubles).as("one of the two was broken off").containsExactly(StorageError.DEADLOCK);
            return result;
        } finally {
            caller.shutdownNow();
        }
    }

    private void lockOrder(Statement statement) {
        try {
            statement.execute(own("select * from <commerce>orders where id = " + order.id() + " for update"));
        } catch (SQLException victim) {
            troubles.add(SqlFailure.errorOf(victim, Dialect.of(pool)).orElseThrow());
        }
    }

    private long available() {
        return shop.products()
                .list(ProductQuery.all(), PageRequest.first())
                .items()
                .get(0)
                .option("MUG")
                .available();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private CommerceFacade watched() {
        WatchedDataSource source = new WatchedDataSource(pool::getConnection);
        CommerceFacade opened = JdbcCommerce.using(source)
                .settings(CommerceSettings.defaults())
                .clock(clock)
                .listener(new CommerceListener() {
                    @Override
                    public void transactionBroken(BrokenTransaction broken) {
                        troubles.add(broken.error());
                        await(hostIsThrough); // or the next try could lock the order before the host that waits for it
                    }
                })
                .build();
        source.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                if (trip.matches("(?s).*(update|from) \\S*stock\\s.*")) {
                    wantsStock.countDown();
                }
            }
        });
        return opened;
    }
}
