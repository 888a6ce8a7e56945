package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.jdbc.locks.Storm.Call;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All use cases at once, on the same few rows, from many threads: none of them ever waits for another in a circle. */
class StormTest extends ShopTest {
    private static final int THREADS = 12;
    private static final int ROUNDS = Integer.getInteger("storm.rounds", 3);

    private final List<BrokenTransaction> broken = new CopyOnWriteArrayList<>();

    private WatchedDataSource watched = nothing();

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        watched = new WatchedDataSource(pool::getConnection);
        return open(settings, CALLS_PER_TRANSACTION);
    }

    private CommerceFacade open(CommerceSettings settings, int callsPerTransaction) {
        return JdbcCommerce.using(watched)
                .callsPerTransaction(callsPerTransaction)
                .settings(settings.withRetention(new Retention(
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofDays(2),
                        Duration.ofHours(1),
                        Duration.ofHours(1))))
                .clock(clock)
                .listener(new CommerceListener() {
                    @Override
                    public void transactionBroken(BrokenTransaction transaction) {
                        broken.add(transaction);
                    }
                })
                .build();
    }

    @Test
    @Tag("T2")
    @Tag("T7")
    void a_storm_of_all_use_cases_passes_without_a_deadlock() throws Exception {
        StormCalls storming = new StormCalls(shop, clock, StormStage.in(shop, clock.instant()));
        List<Call> calls = Stream.of(
                        storming.all(), new StormPayments(shop, storming).all(), new StormAudits(shop).all())
                .flatMap(List::stream)
                .toList();
        Storm storm = Storm.of(calls);
        Deadlocks deadlocks = new Deadlocks(database, pool);
        long before = deadlocks.counted();

        storm.blow(THREADS, ROUNDS);

        assertThat(broken)
                .filteredOn(one -> one.error() != StorageError.UNIQUE_VIOLATION)
                .isEmpty();
        assertThat(deadlocks.counted()).isEqualTo(before);
        assertThat(storm.succeeded())
                .containsOnlyKeys(calls.stream().map(Call::name).toList());
    }

    @Test
    @Tag("T2")
    @Tag("P1")
    void the_same_skus_registered_in_every_order_at_once_are_registered_once_and_nobody_deadlocks() throws Exception {
        Deadlocks deadlocks = new Deadlocks(database, pool);
        long before = deadlocks.counted();
        List<String> skus = IntStream.range(0, 20).mapToObj(n -> "SKU-" + n).toList();
        List<List<String>> orders =
                IntStream.range(0, 8).mapToObj(seed -> shuffled(skus, seed)).toList();
        CommerceFacade oneByOne =
                open(CommerceSettings.defaults(), 1); // each in a transaction of its own, as of many hosts
        allFindTheSkusFree(orders.size());

        Together<Product> registered = Together.each(
                orders,
                order -> oneByOne.products()
                        .register(order.stream()
                                .reduce(
                                        NewProduct.of("Mug", "kitchen", won(5)),
                                        (product, sku) -> product.withOption(sku, 1),
                                        (one, other) -> one)));

        assertThat(registered.results())
                .singleElement()
                .satisfies(product -> assertThat(product.options().stream()
                                .map(ProductOption::sku)
                                .toList())
                        .as("the options as they were given")
                        .isIn(orders));
        assertThat(registered.refusals()).hasSize(7).containsOnly(ErrorCode.VALIDATION_ERROR);
        oneByOne.close();
        assertThat(broken).extracting(BrokenTransaction::error).containsOnly(StorageError.UNIQUE_VIOLATION);
        assertThat(deadlocks.counted()).isEqualTo(before);
    }

    /** Nobody writes before all have looked. */
    private void allFindTheSkusFree(int callers) {
        CountDownLatch looked = new CountDownLatch(callers);
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void after(String trip, Connection connection) {
                if (trip.matches("(?s)select sku from \\S*product_options where .*")) {
                    looked.countDown();
                    try {
                        looked.await();
                    } catch (InterruptedException interrupted) {
                        throw new AssertionError(interrupted);
                    }
                }
            }
        });
    }

    private static List<String> shuffled(List<String> skus, int seed) {
        List<String> order = new ArrayList<>(skus);
        Collections.shuffle(order, new Random(seed));
        return order;
    }
}
