package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.product.Popularity;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a shop. Immutable.
 *
 * @param currency the shop's one currency; default KRW. Every amount must be in it
 * @param timeToPay how long an order can be paid and holds its stock, 1 second to 365 days, truncated to microseconds;
 *     default 10 minutes
 * @param patience how long to wait for locks, and how often to retry
 * @param popularity the window and size of the snapshots of popular products; default 3 days and 5
 * @param retention how long history is kept; default {@link Retention#defaults()}
 */
public record CommerceSettings(
        CurrencyUnit currency, Duration timeToPay, Patience patience, Popularity popularity, Retention retention) {
    private static final Duration MIN_TIME_TO_PAY = Duration.ofSeconds(1);
    private static final Duration MAX_TIME_TO_PAY = Duration.ofDays(365);

    /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
    public CommerceSettings {
        Validation.required(currency, "currency");
        Validation.range(timeToPay, "timeToPay", MIN_TIME_TO_PAY, MAX_TIME_TO_PAY);
        timeToPay = timeToPay.truncatedTo(ChronoUnit.MICROS);
        Validation.required(patience, "patience");
        Validation.required(popularity, "popularity");
        Validation.required(retention, "retention");
    }

    /**
     * How long to wait for locks, and how often to retry.
     *
     * @param lockWait the longest wait of a statement for a row lock, 1 ms to 1 hour; default 5 seconds. MariaDB and
     *     MySQL round up to whole seconds
     * @param tries the largest number of attempts after deadlocks, serialization failures and lock timeouts, 1 to 100;
     *     default 10
     * @param total the time after which no further attempt begins, up to 1 hour; default 30 seconds
     */
    public record Patience(Duration lockWait, int tries, Duration total) {
        /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
        public Patience {
            Validation.range(lockWait, "lockWait", Duration.ofMillis(1), Duration.ofHours(1));
            Validation.range(tries, "tries", 1, 100);
            Validation.range(total, "total", Duration.ZERO, Duration.ofHours(1));
        }
    }

    /** The defaults. */
    public static CommerceSettings defaults() {
        return new CommerceSettings(
                CurrencyUnit.of("KRW"),
                Duration.ofMinutes(10),
                new Patience(Duration.ofSeconds(5), 10, Duration.ofSeconds(30)),
                Popularity.defaults(),
                Retention.defaults());
    }

    /** The same in another currency. */
    public CommerceSettings withCurrency(CurrencyUnit newCurrency) {
        return new CommerceSettings(newCurrency, timeToPay, patience, popularity, retention);
    }

    /** The same with another time to pay. */
    public CommerceSettings withTimeToPay(Duration newTimeToPay) {
        return new CommerceSettings(currency, newTimeToPay, patience, popularity, retention);
    }

    /** The same with other patience. */
    public CommerceSettings withPatience(Patience newPatience) {
        return new CommerceSettings(currency, timeToPay, newPatience, popularity, retention);
    }

    /** The same with another measure of popularity, for snapshots made from now on. */
    public CommerceSettings withPopularity(Popularity newPopularity) {
        return new CommerceSettings(currency, timeToPay, patience, newPopularity, retention);
    }

    /** The same with another retention. */
    public CommerceSettings withRetention(Retention newRetention) {
        return new CommerceSettings(currency, timeToPay, patience, popularity, newRetention);
    }

    /** Refuses null, an amount in another currency, and one below {@code minMinor} minor units (VALIDATION_ERROR). */
    Money amount(@Nullable Money value, String field, long minMinor) {
        return Validation.amount(inCurrency(value, field), field, minMinor);
    }

    /** Refuses null and an amount in another currency (VALIDATION_ERROR). */
    Money inCurrency(@Nullable Money value, String field) {
        Money present = Validation.required(value, field);
        if (!present.getCurrencyUnit().equals(currency)) {
            throw Validation.refusal(
                    field,
                    "must be in " + currency + ", the currency of this shop, it is " + present,
                    Map.of("value", present.toString(), "currency", currency.getCode()));
        }
        return present;
    }
}
