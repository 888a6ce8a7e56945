package io.github.embeddedcommerce.micrometer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.CommerceListener.SharedTransaction;
import io.github.embeddedcommerce.CommerceListener.UseCaseEnded;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.user.UserId;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T8")
class MicrometerListenerTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerListener listener = new MicrometerListener(registry);

    @Test
    void use_cases_are_timed_by_name_outcome_and_reason() {
        listener.useCaseEnded(new UseCaseEnded("orders.pay", Duration.ofMillis(3), 1, null, null));
        listener.useCaseEnded(new UseCaseEnded("orders.pay", Duration.ofMillis(5), 2, null, null));
        listener.useCaseEnded(new UseCaseEnded("orders.pay", Duration.ofMillis(7), 1, ErrorCode.ALREADY_PAID, null));
        listener.useCaseEnded(new UseCaseEnded("orders.pay", Duration.ofMillis(11), 9, null, StorageError.DEADLOCK));

        Timer paid = useCase("orders.pay", "success", "none");
        assertThat(paid.count()).isEqualTo(2);
        assertThat(paid.totalTime(MILLISECONDS)).isEqualTo(8);
        assertThat(useCase("orders.pay", "refused", "already_paid").totalTime(MILLISECONDS))
                .isEqualTo(7);
        assertThat(useCase("orders.pay", "failed", "deadlock").totalTime(MILLISECONDS))
                .isEqualTo(11);
        assertThat(registry.getMeters()).hasSize(3);
    }

    @Test
    void lock_waits_are_timed_by_resource_and_outcome_with_percentiles() {
        listener.lockWaited(new LockWait("orders.place", LockOrder.STOCK, "[1]", Duration.ofMillis(13), true));
        listener.lockWaited(new LockWait("orders.place", LockOrder.STOCK, "[2]", Duration.ofMillis(17), true));
        listener.lockWaited(new LockWait("coupons.issue", LockOrder.COUPON, "[1]", Duration.ofSeconds(5), false));

        Timer stock = registry.get("commerce.lock.wait")
                .tags("resource", "stock", "acquired", "true")
                .timer();
        assertThat(stock.totalTime(MILLISECONDS)).isEqualTo(30);
        assertThat(Stream.of(stock.takeSnapshot().percentileValues()).map(ValueAtPercentile::percentile))
                .containsExactly(0.5, 0.95, 0.99);
        assertThat(registry.get("commerce.lock.wait")
                        .tags("resource", "coupon", "acquired", "false")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void broken_transactions_are_counted_by_error_and_by_whether_they_are_retried() {
        Duration pause = Duration.ofMillis(50);
        listener.transactionBroken(new BrokenTransaction("orders.place", 1, StorageError.LOCK_TIMEOUT, pause));
        listener.transactionBroken(new BrokenTransaction("orders.place", 2, StorageError.LOCK_TIMEOUT, pause));
        listener.transactionBroken(new BrokenTransaction("orders.place", 3, StorageError.LOCK_TIMEOUT, null));

        assertThat(broken("lock_timeout", "true")).isEqualTo(2);
        assertThat(broken("lock_timeout", "false")).isEqualTo(1);
    }

    @Test
    void calls_that_shared_a_transaction_are_summed_up_by_use_case() {
        listener.transactionShared(new SharedTransaction("orders.place", 2));
        listener.transactionShared(new SharedTransaction("orders.place", 30));

        DistributionSummary calls = registry.get("commerce.transaction.calls")
                .tag("use.case", "orders.place")
                .summary();
        assertThat(calls.count()).isEqualTo(2);
        assertThat(calls.max()).isEqualTo(30);
    }

    @Test
    void a_shop_that_is_opened_with_it_fills_the_meters() {
        UserId ann = new UserId("ann");
        try (CommerceFacade shop =
                JdbcCommerce.open("jdbc:h2:mem:metered").listener(listener).build()) {
            shop.users().register(ann);
            assertThatThrownBy(() -> shop.coupons().issue(ann, new CouponId(1))).isInstanceOf(CommerceException.class);
            shop.jobs().snapshotPopularProducts().call();
        }

        assertThat(useCase("users.register", "success", "none").count()).isEqualTo(1);
        assertThat(useCase("coupons.issue", "refused", "coupon_info_not_found").count())
                .isEqualTo(1);
        assertThat(registry.get("commerce.lock.wait")
                        .tags("resource", "popularity", "acquired", "true")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void the_alert_rules_name_meters_and_tags_that_are_there() throws IOException {
        listener.useCaseEnded(new UseCaseEnded("orders.pay", Duration.ofMillis(3), 1, null, null));
        listener.lockWaited(new LockWait("orders.place", LockOrder.STOCK, "[1]", Duration.ofMillis(13), true));
        listener.transactionBroken(new BrokenTransaction("orders.place", 1, StorageError.DEADLOCK, null));
        String rules = Files.readString(Path.of("../../docs/prometheus-alerts.yml"));

        assertThat(found("(commerce(?:_[a-z]+)+?)(?:_seconds)?_(?:bucket|count|total)\\b", rules))
                .containsExactlyInAnyOrder("commerce_use_case", "commerce_lock_wait", "commerce_transactions_broken")
                .isSubsetOf(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName().replace('.', '_'))
                        .toList());
        assertThat(registry.getMeters().stream()
                        .flatMap(meter -> meter.getId().getTags().stream())
                        .map(tag -> tag.getKey().replace('.', '_')))
                .containsAll(found("\\{(\\w+)=", rules))
                .containsAll(found("\\$labels\\.(\\w+)", rules));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    @Tag("E2")
    @SuppressWarnings("NullAway") // what a host without a checker can do
    void a_registry_is_needed() {
        assertThatThrownBy(() -> new MicrometerListener(null))
                .isInstanceOfSatisfying(
                        CommerceException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR));
    }

    private Timer useCase(String name, String outcome, String reason) {
        return registry.get("commerce.use.case")
                .tags("use.case", name, "outcome", outcome, "reason", reason)
                .timer();
    }

    private double broken(String error, String retried) {
        return registry.get("commerce.transactions.broken")
                .tags("use.case", "orders.place", "error", error, "retried", retried)
                .counter()
                .count();
    }
}
