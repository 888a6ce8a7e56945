package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.job.SnapshotPopularProducts.Result;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.PopularProducts.Entry;
import io.github.embeddedcommerce.product.PopularProducts.Sales;
import io.github.embeddedcommerce.product.Popularity;
import io.github.embeddedcommerce.product.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The daily snapshot of what sells best. */
@Tag("J2")
class PopularProductsTest extends PopularityTest {
    @Test
    void the_best_selling_are_ranked_by_units_then_by_the_latest_payment_then_by_id() {
        List<Product> products =
                IntStream.range(0, 8).mapToObj(n -> product("P" + n, 1, 100)).toList();
        buy(products.get(6), 5);
        buy(products.get(1), 2);
        buy(products.get(0), 1);
        clock.advance(MICROSECOND);
        buy(products.get(5), 2);
        buy(products.get(4), 2);
        clock.advance(MICROSECOND);
        buy(products.get(0), 1);
        Instant last = clock.instant();
        clock.advance(MICROSECOND);

        Result result = shop.jobs().snapshotPopularProducts().call();

        assertThat(result.made()).isTrue();
        assertThat(result.interrupted()).isFalse();
        assertThat(products(result.snapshot().orElseThrow()))
                .containsExactly(
                        products.get(6).id(),
                        products.get(0).id(),
                        products.get(4).id(),
                        products.get(5).id(),
                        products.get(1).id());
        assertThat(result.snapshot().orElseThrow().entries())
                .extracting(Entry::rank)
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(result.snapshot().orElseThrow().entries().get(1))
                .isEqualTo(new Entry(2, new Sales(products.get(0).id(), 2, last)));
        assertThat(result.snapshot().orElseThrow().day()).isEqualTo(TODAY);
        assertThat(result.snapshot().orElseThrow().createdAt()).isEqualTo(clock.instant());
        assertThat(shop.products().findPopular()).contains(result.snapshot().orElseThrow());
    }

    @Test
    void an_order_counts_from_the_first_microsecond_of_the_window_to_the_one_before_now() {
        Product early = product("early", 1, 9);
        Product first = product("first", 1, 9);
        Product last = product("last", 1, 9);
        Product now = product("now", 1, 9);
        buy(early, 1);
        clock.advance(MICROSECOND);
        buy(first, 1);
        clock.advance(Duration.ofDays(3).minus(MICROSECOND));
        buy(last, 1);
        clock.advance(MICROSECOND);
        buy(now, 1);

        PopularProducts snapshot =
                shop.jobs().snapshotPopularProducts().call().snapshot().orElseThrow();

        assertThat(products(snapshot)).containsExactly(last.id(), first.id());
        assertThat(snapshot.from()).isEqualTo(clock.instant().minus(Duration.ofDays(3)));
    }

    @Test
    void options_of_a_product_add_up_and_what_was_not_paid_does_not_count() {
        Product shirt = shop.products()
                .register(NewProduct.of("Shirt", "clothes", won(1))
                        .withOption("S", 9)
                        .withOption("L", 9));
        Product mug = product("MUG", 1, 9);
        Product never = product("NEVER", 1, 9);
        Order mixed = shop.orders()
                .place(PlaceOrder.by(ann)
                        .line(shirt.option("S").id(), 2)
                        .line(shirt.option("L").id(), 1)
                        .line(mug.option("MUG").id(), 2));
        shop.orders().pay(PayOrder.by(ann, mixed.id()));
        Order pending = shop.orders()
                .place(PlaceOrder.by(ann).line(never.option("NEVER").id(), 5));
        Order cancelled =
                shop.orders().place(PlaceOrder.by(ann).line(mug.option("MUG").id(), 5));
        shop.orders().cancel(CancelOrder.by(ann, cancelled.id()));
        clock.advance(MICROSECOND);

        PopularProducts snapshot =
                shop.jobs().snapshotPopularProducts().call().snapshot().orElseThrow();

        assertThat(products(snapshot)).containsExactly(shirt.id(), mug.id());
        assertThat(snapshot.entries()).extracting(Entry::quantity).containsExactly(3L, 2L);
        assertThat(pending.quantities()).hasSize(1);
    }

    @Test
    void a_snapshot_of_no_sales_is_empty() {
        assertThat(shop.products().findPopular()).isEmpty();
        product("MUG", 1, 9);

        Result result = shop.jobs().snapshotPopularProducts().call();

        assertThat(result.made()).isTrue();
        assertThat(result.snapshot().orElseThrow().entries()).isEmpty();
        assertThat(shop.products().findPopular()).contains(result.snapshot().orElseThrow());
        assertThat(shop.products().recountPopular(result.snapshot().orElseThrow()))
                .isEqualTo(result.snapshot().orElseThrow());
    }

    @Test
    void a_run_tells_how_many_products_it_has_ranked_and_does_not_write_them_if_it_is_interrupted_then() {
        buy(product("MUG", 1, 9), 1);
        buy(product("CUP", 1, 9), 1);
        clock.advance(MICROSECOND);
        List<Long> ranked = new ArrayList<>();

        Result stopped = shop.jobs()
                .snapshotPopularProducts()
                .reporting(products -> {
                    ranked.add(products);
                    Thread.currentThread().interrupt();
                })
                .call();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ranked).containsExactly(2L);
        assertThat(stopped).isEqualTo(new Result(false, Optional.empty()));
        assertThat(stopped.interrupted()).isTrue();
        assertThat(shop.products().findPopular()).isEmpty();
        assertThat(shop.jobs().snapshotPopularProducts().call().made()).isTrue();
    }

    @Test
    void a_run_that_is_interrupted_before_it_begins_ranks_nothing() {
        List<Long> ranked = new ArrayList<>();
        Thread.currentThread().interrupt();

        Result stopped =
                shop.jobs().snapshotPopularProducts().reporting(ranked::add).call();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped).isEqualTo(new Result(false, Optional.empty()));
        assertThat(ranked).isEmpty();
    }

    @Test
    void window_and_size_are_as_configured_and_are_kept_with_the_snapshot() {
        CommerceFacade hourly =
                open(CommerceSettings.defaults().withPopularity(new Popularity(Duration.ofHours(1), 2)));
        Product old = product("old", 1, 9);
        buy(old, 9);
        clock.advance(Duration.ofHours(1).plus(MICROSECOND));
        List<Product> products =
                IntStream.range(0, 3).mapToObj(n -> product("P" + n, 1, 9)).toList();
        products.forEach(product -> buy(product, 1));
        clock.advance(MICROSECOND);

        PopularProducts snapshot =
                hourly.jobs().snapshotPopularProducts().call().snapshot().orElseThrow();

        assertThat(products(snapshot))
                .containsExactly(products.get(0).id(), products.get(1).id());
        assertThat(shop.products().findPopular()).contains(snapshot);
        assertThat(shop.products().recountPopular(snapshot)).isEqualTo(snapshot);
    }
}
