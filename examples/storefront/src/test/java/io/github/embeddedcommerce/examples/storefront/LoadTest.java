package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many customers at once on PostgreSQL, for as many seconds as {@code load.seconds} says: 2 unless it is given. Each
 * holds every answer against what it knows, so any status of 500 and above but 503 ends the test, and 503 does as long
 * as the database is there.
 */
@Tag("J5")
class LoadTest {
    private static final int CUSTOMERS = 32;
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("load.seconds", 2));
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int ENOUGH = 20;

    @TempDir
    static Path folder;

    private static TestPostgres postgres;
    private static TestHost shop;
    private static ExecutorService crowd;

    private final List<Customer> customers = new ArrayList<>();
    private final List<Future<?>> shopping = new ArrayList<>();

    @BeforeAll
    static void open() {
        postgres = new TestPostgres(folder);
        shop = new TestHost(postgres.url(), PATIENCE, event -> {}, DemoData.NONE);
        crowd = Executors.newFixedThreadPool(CUSTOMERS);
    }

    @AfterAll
    static void close() {
        crowd.shutdownNow();
        shop.close();
        postgres.close();
    }

    @Test
    @Tag("T3")
    void under_load_every_call_is_answered_and_the_books_are_in_order() throws Exception {
        come("STEADY");
        pass(LOAD);
        leave();
        assertThat(customers)
                .allSatisfy(customer -> assertThat(customer.unavailable()).isZero());
        inOrder();
    }

    @Test
    @Tag("E3")
    @Tag("T5")
    void a_database_that_goes_and_comes_back_loses_nothing_that_was_acknowledged() throws Exception {
        come("GONE");
        pass(LOAD.dividedBy(2));
        postgres.stop();
        until(customer -> customer.unavailable() > 0);
        shop.client.get("/health").expect(503);
        postgres.startAgain();
        List<Long> before = customers.stream().map(Customer::answers).toList();
        until(customer -> customer.answers() > before.get(customers.indexOf(customer)) + ENOUGH);
        pass(LOAD.dividedBy(2));
        leave();
        shop.client.get("/health").expect(200);
        inOrder();
    }

    @Test
    @Tag("E2")
    void no_input_makes_the_server_fail() {
        shop.option("ODD", 100, 5);
        shop.user(0);
        assertThat(OddInput.inBodies(shop.client)).isGreaterThan(500);
        assertThat(OddInput.inQueries(shop.client)).isGreaterThan(300);
    }

    /** Few things that all want, one of which sells out. */
    private void come(String sku) {
        List<Long> options = List.of(
                shop.option(sku + "-1", 900, 1_000_000),
                shop.option(sku + "-2", 19_000, 1_000_000),
                shop.option(sku + "-3", 50_000, 100));
        IntStream.range(0, CUSTOMERS).forEach(seed -> customers.add(new Customer(shop, options, seed)));
        customers.forEach(customer -> shopping.add(crowd.submit(customer)));
    }

    private void pass(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            look();
        }
        until(customer -> customer.answers() > ENOUGH);
    }

    private void until(Predicate<Customer> reached) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!customers.stream().allMatch(reached)) {
            assertThat(System.nanoTime()).as("not reached in a minute").isLessThan(end);
            look();
        }
    }

    /** Fails if a customer has stopped, and why. */
    private void look() throws ExecutionException, InterruptedException {
        for (Future<?> customer : shopping) {
            if (customer.isDone()) {
                customer.get();
            }
        }
        LockSupport.parkNanos(20_000_000);
    }

    private void leave() throws Exception {
        customers.forEach(Customer::leave);
        for (Future<?> customer : shopping) {
            customer.get(1, TimeUnit.MINUTES);
        }
    }

    private void inOrder() {
        customers.forEach(Customer::expectAllThatWasAcknowledged);
        assertThat(shop.client
                        .staff("POST", "/admin/audits", "")
                        .expect(200)
                        .get("clean")
                        .booleanValue())
                .isTrue();
        long answered = customers.stream().mapToLong(Customer::answers).sum();
        long unavailable = customers.stream().mapToLong(Customer::unavailable).sum();
        System.out.printf("%,d answers to %d customers, %,d times 503%n", answered, CUSTOMERS, unavailable);
    }
}
