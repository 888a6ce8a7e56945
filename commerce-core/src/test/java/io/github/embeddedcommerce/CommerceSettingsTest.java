package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.KRW;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.product.Popularity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;
import org.joda.money.Money;

class CommerceSettingsTest {
    private static final CommerceSettings DEFAULTS = CommerceSettings.defaults();

    @Example
    @Tag("O1")
    void the_defaults_are_those_that_are_written_down() {
        assertThat(DEFAULTS)
                .isEqualTo(new CommerceSettings(
                        KRW,
                        Duration.ofMinutes(10),
                        new TransactionRetry(Duration.ofSeconds(5), 1_000, Duration.ofSeconds(30)),
                        new Popularity(Duration.ofDays(3), 5),
                        new Retention(null, Duration.ofDays(30), null, Duration.ofDays(90), Duration.ofDays(30)),
                        Duration.ofMinutes(10)));
    }

    @Example
    void one_setting_changes_and_the_others_stay() {
        TransactionRetry retry = new TransactionRetry(Duration.ofSeconds(1), 1, Duration.ofSeconds(2));
        Popularity popularity = new Popularity(Duration.ofHours(1), 7);
        Retention retention = new Retention(Duration.ofDays(1), null, null, null, null);
        Duration minutes = Duration.ofMinutes(10);
        TransactionRetry before = DEFAULTS.transactionRetry();
        Popularity popular = DEFAULTS.popularity();
        Retention kept = DEFAULTS.retention();
        assertThat(DEFAULTS.withCurrency(USD))
                .isEqualTo(new CommerceSettings(USD, minutes, before, popular, kept, minutes));
        assertThat(DEFAULTS.withTimeToPay(Duration.ofHours(1)))
                .isEqualTo(new CommerceSettings(KRW, Duration.ofHours(1), before, popular, kept, Duration.ofHours(1)));
        assertThat(DEFAULTS.withPaymentHold(Duration.ofHours(2)).withTimeToPay(Duration.ofHours(1)))
                .isEqualTo(new CommerceSettings(KRW, Duration.ofHours(1), before, popular, kept, Duration.ofHours(2)));
        assertThat(DEFAULTS.withTransactionRetry(retry))
                .isEqualTo(new CommerceSettings(KRW, minutes, retry, popular, kept, minutes));
        assertThat(DEFAULTS.withPopularity(popularity))
                .isEqualTo(new CommerceSettings(KRW, minutes, before, popularity, kept, minutes));
        assertThat(DEFAULTS.withRetention(retention))
                .isEqualTo(new CommerceSettings(KRW, minutes, before, popular, retention, minutes));
    }

    @Example
    @Tag("E2")
    void nothing_can_be_left_out() {
        assertThat(malformed(() -> DEFAULTS.withCurrency(nothing())).values())
                .containsOnly(Map.entry("field", "currency"));
        assertThat(malformed(() -> DEFAULTS.withTimeToPay(nothing())).values())
                .containsOnly(Map.entry("field", "timeToPay"));
        assertThat(malformed(() -> DEFAULTS.withTransactionRetry(nothing())).values())
                .containsOnly(Map.entry("field", "transactionRetry"));
        assertThat(malformed(() -> DEFAULTS.withPopularity(nothing())).values())
                .containsOnly(Map.entry("field", "popularity"));
        assertThat(malformed(() -> DEFAULTS.withRetention(nothing())).values())
                .containsOnly(Map.entry("field", "retention"));
        assertThat(malformed(() -> DEFAULTS.withPaymentHold(nothing())).values())
                .containsOnly(Map.entry("field", "paymentHold"));
        assertThat(malformed(() -> new TransactionRetry(nothing(), 1, Duration.ofSeconds(1)))
                        .values())
                .containsOnly(Map.entry("field", "lockWait"));
        assertThat(malformed(() -> new TransactionRetry(Duration.ofSeconds(1), 1, nothing()))
                        .values())
                .containsOnly(Map.entry("field", "total"));
    }

    @Example
    @Tag("E2")
    @Tag("O1")
    void the_time_to_pay_is_from_a_second_to_a_year() {
        assertBounds("timeToPay", Duration.ofSeconds(1), Duration.ofDays(365), DEFAULTS::withTimeToPay);
        assertBounds("paymentHold", Duration.ofSeconds(1), Duration.ofDays(365), DEFAULTS::withPaymentHold);
    }

    @Example
    @Tag("E2")
    @Tag("J4")
    void what_grows_is_kept_from_a_second_to_a_hundred_years_or_for_ever() {
        Retention kept = Retention.defaults();
        for (Duration wrong : List.of(
                Duration.ZERO,
                Duration.ofDays(-1),
                Duration.ofMillis(999),
                Duration.ofDays(36_500).plusNanos(1))) {
            assertThat(malformed(() -> kept.withBalanceHistory(wrong)).values())
                    .containsEntry("field", "balanceHistory");
            assertThat(malformed(() -> kept.withEvents(wrong)).values()).containsEntry("field", "events");
            assertThat(malformed(() -> kept.withSnapshots(wrong)).values()).containsEntry("field", "snapshots");
            assertThat(malformed(() -> kept.withCarts(wrong)).values()).containsEntry("field", "carts");
            assertThat(malformed(() -> kept.withIdempotencyKeys(wrong)).values())
                    .containsEntry("field", "idempotencyKeys");
        }
        for (Duration good : List.of(Duration.ofSeconds(1), Duration.ofDays(36_500))) {
            assertThat(kept.withBalanceHistory(good)
                            .withEvents(good)
                            .withSnapshots(good)
                            .withCarts(good)
                            .withIdempotencyKeys(good))
                    .isEqualTo(new Retention(good, good, good, good, good));
        }
        assertThat(kept.withEvents(null).withCarts(null).withIdempotencyKeys(null))
                .isEqualTo(new Retention(null, null, null, null, null));
    }

    @Example
    @Tag("E2")
    void retries_have_bounds() {
        TransactionRetry retry = TransactionRetry.defaults();
        assertBounds("lockWait", Duration.ofMillis(1), Duration.ofHours(1), retry::withLockWait);
        assertBounds("total", Duration.ofMillis(100), Duration.ofHours(1), retry::withTotal);
        for (int tries : new int[] {1, 100_000}) {
            assertThat(retry.withTries(tries)).isEqualTo(new TransactionRetry(retry.lockWait(), tries, retry.total()));
        }
        for (int tries : new int[] {0, -1, 100_001}) {
            assertThat(malformed(() -> retry.withTries(tries)).values())
                    .containsEntry("field", "tries")
                    .containsEntry("value", (long) tries);
        }
    }

    @Example
    @Tag("E2")
    void an_amount_in_another_currency_is_refused() {
        assertThat(DEFAULTS.inCurrency(won(-5), "price")).isEqualTo(won(-5));
        assertThat(malformed(() -> DEFAULTS.inCurrency(Money.of(USD, 5), "price")))
                .hasMessage("price must be in KRW, the currency of this shop, it is USD 5.00 (VALIDATION_ERROR)");
        assertThat(malformed(() -> DEFAULTS.amount(Money.of(USD, 5), "price", 0))
                        .values())
                .containsOnly(
                        Map.entry("field", "price"), Map.entry("value", "USD 5.00"), Map.entry("currency", "KRW"));
        assertThat(malformed(() -> DEFAULTS.inCurrency(nothing(), "price")).values())
                .containsOnly(Map.entry("field", "price"));
    }

    @Example
    @Tag("E2")
    void an_amount_is_in_the_currency_and_within_its_bounds() {
        assertThat(DEFAULTS.amount(won(1), "charge", 1)).isEqualTo(won(1));
        assertThat(DEFAULTS.amount(won(MAX_AMOUNT_MINOR), "charge", 1)).isEqualTo(won(MAX_AMOUNT_MINOR));
        malformed(() -> DEFAULTS.amount(won(0), "charge", 1));
        malformed(() -> DEFAULTS.amount(won(MAX_AMOUNT_MINOR + 1), "charge", 1));
        malformed(() -> DEFAULTS.amount(nothing(), "charge", 1));
    }

    private static void assertBounds(String field, Duration min, Duration max, Function<Duration, ?> make) {
        assertThat(make.apply(min)).isNotNull();
        assertThat(make.apply(max)).isNotNull();
        for (Duration bad : new Duration[] {min.minusNanos(1), max.plusNanos(1), Duration.ofSeconds(Long.MIN_VALUE)}) {
            assertThat(malformed(() -> make.apply(bad)).values())
                    .containsOnly(
                            Map.entry("field", field),
                            Map.entry("value", bad.toString()),
                            Map.entry("min", min.toString()),
                            Map.entry("max", max.toString()));
        }
    }
}
