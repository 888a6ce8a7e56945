package io.github.embeddedcommerce.event;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.event.Delivery.Status;
import io.github.embeddedcommerce.order.OrderId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

@Tag("J3")
class DeliveryRetryTest {
    private static final OrderEvent PAID = new OrderEvent(new OrderId(1), 1, OrderEvent.Type.PAID, ANN, NOON);
    private static final Delivery WAITING = new Delivery(PAID, Status.WAITING, NOON, 0, "");

    @Property
    void a_pause_is_within_the_first_one_doubled_for_each_failure_and_the_longest(
            @ForAll @LongRange(min = 1, max = 86_400_000) long firstMillis,
            @ForAll @LongRange(min = 0, max = 2_000_000_000) long moreMillis,
            @ForAll @IntRange(min = 1, max = 1_000) int failures) {
        Duration first = Duration.ofMillis(firstMillis);
        Duration longest = min(first.plusMillis(moreMillis), Duration.ofDays(30));
        DeliveryRetry policy = new DeliveryRetry(1_000, first, longest);
        BigInteger doubled = BigInteger.valueOf(firstMillis).multiply(BigInteger.TWO.pow(failures - 1));
        Duration ceiling = Duration.ofMillis(
                doubled.min(BigInteger.valueOf(longest.toMillis())).longValueExact());

        Duration least = policy.pauseAfter(failures, bound -> 0);
        Duration most = policy.pauseAfter(failures, bound -> bound - 1);
        Duration any = policy.pauseAfter(failures, ThreadLocalRandom.current()::nextLong);

        assertThat(least).isEqualTo(Duration.ofNanos(1_000));
        assertThat(most).isEqualTo(ceiling);
        assertThat(any).isBetween(least, most);
    }

    @Example
    void the_pause_stops_doubling_just_short_of_the_longest_and_never_turns_over() {
        Duration longest = Duration.ofNanos(2_001_000);
        DeliveryRetry policy = new DeliveryRetry(1_000, Duration.ofMillis(1), longest);
        assertThat(policy.pauseAfter(1, bound -> bound - 1)).isEqualTo(Duration.ofMillis(1));
        assertThat(policy.pauseAfter(2, bound -> bound - 1)).isEqualTo(Duration.ofMillis(2));
        for (int failures = 3; failures <= 1_000; failures++) {
            assertThat(policy.pauseAfter(failures, bound -> bound - 1)).isEqualTo(longest);
        }
    }

    @Property
    void an_event_is_tried_exactly_as_often_as_the_policy_says(@ForAll @IntRange(min = 1, max = 50) int tries) {
        DeliveryRetry policy = new DeliveryRetry(tries, Duration.ofMillis(1), Duration.ofDays(1));
        Delivery delivery = WAITING;
        int made = 0;
        while (delivery.status() == Status.WAITING) {
            delivery = delivery.failed("down", NOON, policy, bound -> bound / 2);
            made++;
        }
        assertThat(made).isEqualTo(tries);
        assertThat(delivery).isEqualTo(new Delivery(PAID, Status.DEAD, NOON, tries, "down"));
    }

    @Example
    void the_life_of_a_delivery() {
        DeliveryRetry policy = DeliveryRetry.defaults();
        Delivery failed = WAITING.failed("down", NOON, policy, bound -> bound - 1);
        assertThat(failed).isEqualTo(new Delivery(PAID, Status.WAITING, NOON.plusSeconds(60), 1, "down"));
        assertThat(failed.delivered(NOON)).isEqualTo(new Delivery(PAID, Status.DELIVERED, NOON, 2, "down"));
        assertThat(failed.handedOver().tries()).isEqualTo(2);
        Delivery dead = failed.dead(NOON);
        assertThat(dead.retried(NOON)).isEqualTo(new Delivery(PAID, Status.WAITING, NOON, 0, "down"));
        assertThat(dead.discarded(NOON)).isEqualTo(new Delivery(PAID, Status.DISCARDED, NOON, 1, "down"));
        assertThat(PAID.id()).isEqualTo("1-1");
    }

    @Example
    @Tag("E2")
    void a_policy_has_bounds() {
        Duration second = Duration.ofSeconds(1);
        assertThat(DeliveryRetry.defaults())
                .isEqualTo(new DeliveryRetry(10, Duration.ofMinutes(1), Duration.ofHours(6)));
        for (int tries : new int[] {0, -1, 1_001, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThat(malformed(() -> new DeliveryRetry(tries, second, second)).values())
                    .containsEntry("field", "tries");
        }
        for (Duration first : new Duration[] {
            Duration.ZERO, second.negated(), Duration.ofDays(1).plusNanos(1)
        }) {
            assertThat(malformed(() -> new DeliveryRetry(1, first, Duration.ofDays(2)))
                            .values())
                    .containsEntry("field", "firstPause");
        }
        for (Duration longest :
                new Duration[] {second.minusNanos(1), Duration.ofDays(30).plusNanos(1)}) {
            assertThat(malformed(() -> new DeliveryRetry(1, second, longest)).values())
                    .containsEntry("field", "longestPause");
        }
        malformed(() -> new DeliveryRetry(1, nothing(), second));
        malformed(() -> new DeliveryRetry(1, second, nothing()));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
