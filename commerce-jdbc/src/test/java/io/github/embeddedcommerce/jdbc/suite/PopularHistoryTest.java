package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.jdbc.store.JdbiPopularityStore;
import io.github.embeddedcommerce.jdbc.store.RowLocks;
import io.github.embeddedcommerce.job.SnapshotPopularProducts.Result;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.PopularProducts.Entry;
import io.github.embeddedcommerce.product.PopularProducts.Sales;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Snapshots stay, one a day, and can be counted anew. */
@Tag("J2")
class PopularHistoryTest extends PopularityTest {
    @Test
    void a_day_has_one_snapshot_and_the_earlier_ones_stay() {
        Product mug = product("MUG", 1, 99);
        List<PopularProducts> made = new ArrayList<>();
        for (int day = 0; day < 4; day++) {
            buy(mug, day + 1);
            clock.advance(MICROSECOND);
            made.add(0, shop.jobs().snapshotPopularProducts().call().snapshot().orElseThrow());
            buy(mug, 1);
            clock.advance(Duration.ofHours(11));
            Result again = shop.jobs().snapshotPopularProducts().call();
            assertThat(again).isEqualTo(new Result(false, Optional.of(made.get(0))));
            clock.advance(Duration.ofHours(13));
        }

        assertThat(shop.products().findPopular()).contains(made.get(0));
        assertThat(made).extracting(PopularProducts::day).doesNotHaveDuplicates();
        for (int size = 1; size <= 4; size++) {
            assertThat(listed(size)).isEqualTo(made);
        }
    }

    @Test
    @Tag("T7")
    void many_hosts_at_once_make_one_snapshot() {
        Product mug = product("MUG", 1, 99);
        List<CommerceFacade> hosts = IntStream.range(0, 4)
                .mapToObj(n -> open(CommerceSettings.defaults()))
                .toList();
        for (int day = 0; day < 3; day++) {
            buy(mug, 1);
            clock.advance(MICROSECOND);

            Together<Result> results = Together.each(
                    IntStream.range(0, 16).boxed().toList(),
                    n -> hosts.get(n % 4).jobs().snapshotPopularProducts().call());

            assertThat(results.results()).hasSize(16);
            assertThat(results.results().stream().filter(Result::made)).hasSize(1);
            assertThat(results.results())
                    .extracting(Result::snapshot)
                    .containsOnly(Optional.of(listed(9).get(0)));
            assertThat(listed(9)).hasSize(day + 1);
            clock.advance(Duration.ofDays(1));
        }
    }

    @Test
    void a_recount_from_the_orders_comes_to_the_same_for_ever() {
        Random random = new Random(20_260_301);
        List<Product> products =
                IntStream.range(0, 9).mapToObj(n -> product("P" + n, 1, 1_000)).toList();
        List<Order> paid = new ArrayList<>();
        List<PopularProducts> made = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            Order order = place(products.get(random.nextInt(9)), 1 + random.nextInt(3));
            clock.advance(MICROSECOND.multipliedBy(random.nextInt(3)));
            if (random.nextInt(4) > 0) {
                paid.add(shop.orders().pay(PayOrder.by(ann, order.id())).order());
            }
            if (n % 12 == 11) {
                clock.advance(MICROSECOND);
                made.add(shop.jobs().snapshotPopularProducts().call().snapshot().orElseThrow());
                assertThat(made.get(made.size() - 1).entries()).isEqualTo(ranked(paid));
                clock.advance(Duration.ofDays(1));
            }
        }

        assertThat(made).hasSize(5);
        made.forEach(
                snapshot -> assertThat(shop.products().recountPopular(snapshot)).isEqualTo(snapshot));
    }

    @Test
    @Tag("O5")
    void a_snapshot_counts_what_was_not_cancelled_by_then_and_so_does_a_recount_later() {
        Product spoon = product("SPOON", 1, 99);
        Order cancelledBefore = buy(product("MUG", 1, 99), 3);
        Order cancelledAfter = buy(spoon, 2);
        clock.advance(MICROSECOND);
        shop.orders().cancel(CancelOrder.by(ann, cancelledBefore.id()));

        PopularProducts snapshot =
                shop.jobs().snapshotPopularProducts().call().snapshot().orElseThrow();
        assertThat(products(snapshot)).containsExactly(spoon.id());

        clock.advance(MICROSECOND);
        shop.orders().cancel(CancelOrder.by(ann, cancelledAfter.id()));
        assertThat(shop.products().recountPopular(snapshot)).isEqualTo(snapshot);
        clock.advance(Duration.ofDays(1));
        assertThat(shop.jobs()
                        .snapshotPopularProducts()
                        .call()
                        .snapshot()
                        .orElseThrow()
                        .entries())
                .isEmpty();
    }

    @Test
    @Tag("E2")
    void bad_input_is_refused() {
        product("MUG", 1, 9);
        refused(
                VALIDATION_ERROR,
                () -> shop.products()
                        .listPopular(PageRequest.first().after(Cursor.behind("products.NEWEST", List.of(1L)))));
        for (long day : List.of(Long.MIN_VALUE, Long.MAX_VALUE)) {
            Cursor edge = Cursor.behind("products.listPopular", List.of(day));
            assertThat(shop.products()
                            .listPopular(PageRequest.first().after(edge))
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void outdated_snapshots_are_purged_in_chunks_but_never_the_latest() {
        buy(product("MUG", 1, 99), 1);
        List<PopularProducts> made = new ArrayList<>();
        for (int day = 0; day < 5; day++) {
            clock.advance(Duration.ofDays(1));
            made.add(shop.jobs().snapshotPopularProducts().call().snapshot().orElseThrow());
        }

        assertThat(purge(made.get(0).createdAt(), 10)).isZero();
        assertThat(purge(made.get(3).createdAt(), 2)).isEqualTo(2);
        assertThat(listed(9)).containsExactly(made.get(4), made.get(3), made.get(2));
        assertThat(purge(made.get(3).createdAt(), 2)).isEqualTo(1);
        assertThat(purge(clock.instant().plus(Duration.ofDays(999)), 10)).isEqualTo(1);
        assertThat(purge(clock.instant().plus(Duration.ofDays(999)), 10)).isZero();
        assertThat(listed(9)).containsExactly(made.get(4));
    }

    private int purge(Instant before, int limit) {
        Dialect dialect = Dialect.of(pool);
        Jdbi jdbi = JdbiConfig.set(Jdbi.create(pool), dialect, dialect.usualTables(), CurrencyUnit.of("KRW"));
        return jdbi.inTransaction(handle ->
                new JdbiPopularityStore(handle, new RowLocks("test", Dialect.of(pool))).purgeSnapshots(before, limit));
    }

    /** The top 5 of the last 3 days of these paid orders, worked out the long way. */
    private List<Entry> ranked(List<Order> paid) {
        Map<ProductId, Sales> sold = new TreeMap<>();
        for (Order order : paid) {
            Instant paidAt = requireNonNull(order.paidAt());
            ProductId product = order.lines().get(0).item().product();
            if (!paidAt.isBefore(clock.instant().minus(Duration.ofDays(3))) && paidAt.isBefore(clock.instant())) {
                long before = sold.containsKey(product) ? sold.get(product).quantity() : 0;
                sold.put(
                        product,
                        new Sales(product, before + order.lines().get(0).quantity(), paidAt));
            }
        }
        List<Sales> best = new ArrayList<>(sold.values());
        best.sort(Comparator.comparing(Sales::lastPaidAt).reversed());
        best.sort(Comparator.comparing(Sales::quantity).reversed());
        return IntStream.range(0, Math.min(5, best.size()))
                .mapToObj(n -> new Entry(n + 1, best.get(n)))
                .toList();
    }
}
