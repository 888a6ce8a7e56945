package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopFixture;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thousands of virtual threads share a pool of ten connections, and none is pinned to its carrier by the library. The
 * judge is the JVM itself, by the event {@code jdk.VirtualThreadPinned}.
 */
class VirtualThreadsTest {
    private static final int BUYERS = 2_000;
    private static final int USERS = 50;
    private static final int CONNECTIONS = 10;
    private static final int JAVA = Runtime.version().feature();
    private static final String LIBRARY = "io.github.embeddedcommerce.";

    @BeforeEach
    void there_are_virtual_threads() {
        assumeTrue(JAVA >= 21, "this Java has no virtual threads: run it on 21 or later");
    }

    static List<Database> databases() {
        return Database.tested()
                .filter(database -> database != Database.H2_IN_FILE) // has one connection, not ten
                .toList();
    }

    @ParameterizedTest
    @MethodSource("databases")
    @Tag("T9")
    void thousands_of_them_buy_on_ten_connections_and_none_is_pinned(Database database) throws Exception {
        try (HikariDataSource pool = database.empty()) {
            pool.setMaximumPoolSize(CONNECTIONS);
            try (CommerceFacade shop = JdbcCommerce.using(pool).build()) {
                OptionId mug = shop.products()
                        .register(NewProduct.of("Mug", "test", ShopFixture.won(100))
                                .withOption("MUG", BUYERS + USERS))
                        .option("MUG")
                        .id();
                List<UserId> users = IntStream.range(0, USERS)
                        .mapToObj(i -> new UserId("user-" + i))
                        .toList();
                users.forEach(user -> shop.users().register(user));
                users.forEach(user -> shop.users().topUp(TopUp.of(user, ShopFixture.won(1_000_000))));
                users.forEach(user -> buy(shop, user, mug)); // loads the classes, which pins whoever comes first

                List<RecordedEvent> pinned = pinnedWhile(() -> {
                    try (Threads threads = Threads.virtual()) {
                        List<Future<Receipt>> receipts = IntStream.range(0, BUYERS)
                                .mapToObj(i -> threads.executor().submit(() -> buy(shop, users.get(i % USERS), mug)))
                                .toList();
                        for (Future<Receipt> receipt : receipts) {
                            assertThat(receipt.get().paidAmount()).isEqualTo(ShopFixture.won(100));
                        }
                    }
                });

                assertThat(pinned.stream().filter(VirtualThreadsTest::isByTheLibrary))
                        .isEmpty();
                assertThat(shop.products().findStock(mug).orElseThrow().onHand())
                        .isZero();
                assertThat(shop.jobs().audit().call().violations()).isEmpty();
            }
        }
    }

    private static Receipt buy(CommerceFacade shop, UserId user, OptionId option) {
        Order order = shop.orders().place(PlaceOrder.by(user).line(option, 1));
        return shop.orders().pay(PayOrder.by(user, order.id()));
    }

    /** The judge can find one guilty: a thread that waits in the initializer of a class is pinned on every Java. */
    @Test
    void a_thread_that_is_pinned_is_seen() throws Exception {
        List<RecordedEvent> pinned = pinnedWhile(() -> {
            try (Threads threads = Threads.virtual()) {
                Future<Boolean> waiting = threads.executor().submit(() -> {
                    WaitsInItsInitializer.THREAD.set(Thread.currentThread());
                    return Pinning.DONE;
                });
                while (!isWaiting(WaitsInItsInitializer.THREAD.get())) {
                    Thread.onSpinWait();
                }
                WaitsInItsInitializer.GO.countDown();
                assertThat(waiting.get()).isTrue();
            }
        });

        assertThat(pinned).anyMatch(event -> isIn(event, Pinning.class.getName()));
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.WAITING;
    }

    /** How the other class and the test meet. */
    private static final class WaitsInItsInitializer {
        private static final CountDownLatch GO = new CountDownLatch(1);
        private static final AtomicReference<Thread> THREAD = new AtomicReference<>();
    }

    private static final class Pinning {
        private static final Boolean DONE = waited();

        private static Boolean waited() {
            try {
                WaitsInItsInitializer.GO.await();
                return true;
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /**
     * Where monitors pin, before Java 24, databases in memory, pools and drivers pin for reasons of their own: there it
     * is the library's doing if the library itself waits. Later, nothing of it may be on the stack.
     */
    private static boolean isByTheLibrary(RecordedEvent event) {
        List<String> types = types(event).stream()
                .filter(type -> !type.contains(VirtualThreadsTest.class.getSimpleName()))
                .filter(type -> !type.matches("(java|jdk|sun)\\..*"))
                .toList();
        return JAVA >= 24
                ? types.stream().anyMatch(type -> type.startsWith(LIBRARY))
                : !types.isEmpty() && types.get(0).startsWith(LIBRARY);
    }

    private static boolean isIn(RecordedEvent event, String type) {
        return types(event).contains(type);
    }

    private static List<String> types(RecordedEvent event) {
        return event.getStackTrace() == null
                ? List.of()
                : event.getStackTrace().getFrames().stream()
                        .map(RecordedFrame::getMethod)
                        .map(method -> method.getType().getName())
                        .toList();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** However briefly. */
    private static List<RecordedEvent> pinnedWhile(Work work) throws Exception {
        Path file = Files.createTempFile(Path.of("target"), "pinned", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withStackTrace().withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            return read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static List<RecordedEvent> read(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                .toList();
    }

    /** An executor is AutoCloseable from Java 19 on only. */
    private record Threads(ExecutorService executor) implements AutoCloseable {
        static Threads virtual() throws ReflectiveOperationException {
            Object executor =
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            return new Threads((ExecutorService) executor);
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
