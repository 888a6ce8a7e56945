package io.github.embeddedcommerce.jdbc.cluster;

import static io.github.embeddedcommerce.jdbc.fixture.ShopFixture.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A host on each node opens the same fresh shop, and buyers want more than there is. If {@code cluster.kill} has a
 * command, it is run in the middle and kills the last node; buyers there go to the next node under the same key.
 */
@Tag("cluster")
class ClusterTest {
    private static final int BUYERS = Integer.getInteger("cluster.buyers", 600);
    private static final int STOCK = 200;
    private static final int THREADS = 24;

    private final List<String> urls =
            List.of(System.getProperty("cluster.urls", "").split(",", -1));
    private final List<CommerceFacade> hosts = new ArrayList<>();
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();

    @AfterEach
    void close() {
        hosts.forEach(CommerceFacade::close);
    }

    @Test
    @Tag("D5")
    @Tag("D6")
    void hosts_on_every_node_sell_exactly_what_there_is() throws Exception {
        String database = newDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<CommerceFacade>> opening = urls.stream()
                    .map(url -> threads.submit(() -> shop(url, database, "")))
                    .toList();
            for (Future<CommerceFacade> one : opening) {
                hosts.add(one.get());
            }
            CommerceFacade first = hosts.get(0);
            OptionId mug = first.products()
                    .register(NewProduct.of("Mug", "kitchen", won(10)).withOption("MUG", STOCK))
                    .option("MUG")
                    .id();
            List<UserId> users = IntStream.range(0, BUYERS)
                    .mapToObj(n ->
                            first.users().register(new UserId("buyer-" + n)).id())
                    .toList();
            users.forEach(user -> first.users().topUp(TopUp.of(user, won(10))));

            List<Future<Boolean>> buying = IntStream.range(0, BUYERS)
                    .mapToObj(n -> threads.submit(() -> buy(n, users.get(n), mug)))
                    .toList();
            int bought = 0;
            for (Future<Boolean> one : buying) {
                bought += one.get() ? 1 : 0;
            }

            assertThat(bought).isEqualTo(STOCK);
            assertThat(givenUp).as("calls on nodes that are there and failed").hasValue(0);
            checkFromEachNode(database, mug);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whether this buyer got one; on the node of the buyer or, if that is gone, the next. */
    private boolean buy(int number, UserId user, OptionId mug) throws IOException, InterruptedException {
        if (called.incrementAndGet() == BUYERS / 2) {
            kill();
        }
        IdempotencyKey placing = IdempotencyKey.random();
        IdempotencyKey paying = IdempotencyKey.random();
        int node = number;
        while (true) {
            CommerceFacade host = hosts.get(node % hosts.size());
            try {
                Order order =
                        host.orders().place(PlaceOrder.by(user).line(mug, 1).withKey(placing));
                OrderId id = order.id();
                host.orders().pay(PayOrder.by(user, id).withKey(paying));
                return true;
            } catch (StorageException failure) {
                boolean nodeIsGone = failure.error() == StorageError.CONNECTION_LOST
                        || failure.error() == StorageError.OTHER; // a node that is no part of the cluster answers so
                if (!nodeIsGone) {
                    givenUp.incrementAndGet();
                }
                node++;
            } catch (CommerceException refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_STOCK);
                return false;
            }
        }
    }

    private static void kill() throws IOException, InterruptedException {
        String command = System.getProperty("cluster.kill", "");
        if (!command.isEmpty()) {
            new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
        }
    }

    /** A read waits until the node has applied what others have committed. */
    private void checkFromEachNode(String database, OptionId mug) {
        String killed = System.getProperty("cluster.kill", "").isEmpty() ? "" : urls.get(urls.size() - 1);
        List<String> left = urls.stream().filter(url -> !url.equals(killed)).toList();
        assertThat(new HashSet<>(left)).isNotEmpty().allSatisfy(url -> {
            try (CommerceFacade reader = shop(url, database, "&sessionVariables=wsrep_sync_wait=15")) {
                assertThat(reader.jobs().audit().call().violations()).isEmpty();
                assertThat(reader.products().findStock(mug))
                        .get()
                        .extracting(StockLevel::onHand, StockLevel::reserved)
                        .containsExactly(0L, 0L);
            }
        });
    }

    private String newDatabase() throws SQLException {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(urls.get(0) + "?" + login());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return name;
    }

    private static CommerceFacade shop(String url, String database, String parameters) {
        return JdbcCommerce.open(url + database + "?" + login() + parameters).build();
    }

    private static String login() {
        return "user=" + System.getProperty("cluster.user", "") + "&password="
                + System.getProperty("cluster.password", "");
    }
}
