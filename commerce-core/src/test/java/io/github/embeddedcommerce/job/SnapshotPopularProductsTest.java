package io.github.embeddedcommerce.job;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.job.SnapshotPopularProducts.Result;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.PayOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("J2")
class SnapshotPopularProductsTest {
    private final StockedShop shop = new StockedShop(10, 10);
    private final SnapshotPopularProducts job = shop.door.jobs().snapshotPopularProducts();

    @BeforeEach
    void a_mug_was_sold() {
        shop.door.orders().pay(new PayOrder(ANN, shop.mugsFor(ANN, 1).id()));
        shop.memory.clock.advance(Duration.ofMinutes(1));
    }

    @Test
    void progress_is_told_when_the_products_are_counted() {
        List<Long> progress = new ArrayList<>();
        Result made = job.reporting(progress::add).call();
        assertThat(made.made()).isTrue();
        assertThat(made.interrupted()).isFalse();
        assertThat(job.reporting(progress::add).call()).isEqualTo(new Result(false, made.snapshot()));
        assertThat(progress).containsExactly(1L);
        malformed(() -> job.reporting(nothing()));
    }

    @Test
    void an_interrupt_before_it_counts_or_before_it_writes_leaves_everything_as_it_is() {
        Thread.currentThread().interrupt();
        assertThat(job.call()).isEqualTo(new Result(false, Optional.empty()));
        assertThat(Thread.interrupted()).isTrue();
        Result interrupted =
                job.reporting(ranked -> Thread.currentThread().interrupt()).call();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.interrupted()).isTrue();
        assertThat(shop.door.products().popular()).isEmpty();
        assertThat(job.call().made()).isTrue();
    }

    @Test
    void what_another_host_has_made_while_this_one_counted_is_the_one() {
        List<Result> others = new ArrayList<>();
        Result result = job.reporting(ranked -> others.add(job.call())).call();
        assertThat(others.get(0).made()).isTrue();
        assertThat(result).isEqualTo(new Result(false, others.get(0).snapshot()));
    }
}
