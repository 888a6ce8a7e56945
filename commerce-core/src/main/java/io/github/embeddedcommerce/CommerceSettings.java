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
 * @param transactionRetry how long a call may wait for a busy database, and how often it is tried; default
 *     {@link TransactionRetry#defaults()}
 * @param popularity the window and size of the snapshots of popular products; default 3 days and 5
 * @param retention how long history is kept; default {@link Retention#defaults()}
 * @param paymentHold the longest time for which a payment from outside holds its order, from when it began, and for
 *     which payments hold it beyond the time to pay, 1 second to 365 days, truncated to microseconds; default the time
 *     to pay
 */
public record CommerceSettings(
        CurrencyUnit currency,
        Duration timeToPay,
        TransactionRetry transactionRetry,
        Popularity popularity,
        Retention retention,
        Duration paymentHold) {
    private static final Duration MIN_TIME_TO_PAY = Duration.ofSeconds(1);
    private static final Duration MAX_TIME_TO_PAY = Duration.ofDays(365);

    /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
    public CommerceSettings {
        Validation.required(currency, "currency");
        Validation.range(timeToPay, "timeToPay", MIN_TIME_TO_PAY, MAX_TIME_TO_PAY);
        timeToPay = timeToPay.truncatedTo(ChronoUnit.MICROS);
        Validation.required(transactionRetry, "transactionRetry");
        Validation.required(popularity, "popularity");
        Validation.required(retention, "retention");
        Validation.range(paymentHold, "paymentHold", MIN_TIME_TO_PAY, MAX_TIME_TO_PAY);
        paymentHold = paymentHold.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * How long a call may take and wait, and how often it is tried after the database rolled its transaction back. Each
     * transaction of a job counts as a call of its own. Immutable.
     *
     * @param lockWait the longest wait of a statement for a row lock, never longer than what is left of {@code total};
     *     1 ms to 1 hour, default 5 seconds. MariaDB and MySQL count in whole seconds and round up
     * @param tries the largest number of transactions a call may take, 1 to 100,000; default 1,000, so that
     *     {@code total} decides
     * @param total the longest time a call may take, 100 ms to 1 hour; default 30 seconds. It bounds every wait: for a
     *     connection, for a lock, before the next try, and for a server that does not answer. However many locks a call
     *     waits for, it fails when the time is over, on MariaDB and MySQL up to a second later; and when a unique key
     *     is still violated after ten tries and 3 seconds. An order that is tried once more, after overdue orders that
     *     held its stock were expired, has what is left of its time; expiring them counts as a job. Work that takes
     *     long without waiting, such as an audit of millions of rows, is not cut off
     */
    public record TransactionRetry(Duration lockWait, int tries, Duration total) {
        private static final TransactionRetry DEFAULTS =
                new TransactionRetry(Duration.ofSeconds(5), 1_000, Duration.ofSeconds(30));

        /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
        public TransactionRetry {
            Validation.range(lockWait, "lockWait", Duration.ofMillis(1), Duration.ofHours(1));
            Validation.range(tries, "tries", 1, 100_000);
            Validation.range(total, "total", Duration.ofMillis(100), Duration.ofHours(1));
        }

        /** Every default. */
        public static TransactionRetry defaults() {
            return DEFAULTS;
        }

        /** The same with another bound on the wait for a row lock. */
        public TransactionRetry withLockWait(Duration newLockWait) {
            return new TransactionRetry(newLockWait, tries, total);
        }

        /** The same with another number of tries. */
        public TransactionRetry withTries(int newTries) {
            return new TransactionRetry(lockWait, newTries, total);
        }

        /** The same with another bound on the whole call. */
        public TransactionRetry withTotal(Duration newTotal) {
            return new TransactionRetry(lockWait, tries, newTotal);
        }
    }

    /** The defaults. */
    public static CommerceSettings defaults() {
        return new CommerceSettings(
                CurrencyUnit.of("KRW"),
                Duration.ofMinutes(10),
                TransactionRetry.defaults(),
                Popularity.defaults(),
                Retention.defaults(),
                Duration.ofMinutes(10));
    }

    /** The same in another currency. */
    public CommerceSettings withCurrency(CurrencyUnit newCurrency) {
        return new CommerceSettings(newCurrency, timeToPay, transactionRetry, popularity, retention, paymentHold);
    }

    /**
     * The same with another time to pay; it bounds payments from outside as well, if the bound has not been changed.
     */
    public CommerceSettings withTimeToPay(Duration newTimeToPay) {
        Duration hold = paymentHold.equals(timeToPay) ? newTimeToPay : paymentHold;
        return new CommerceSettings(currency, newTimeToPay, transactionRetry, popularity, retention, hold);
    }

    /** The same with other bounds on waits and tries. */
    public CommerceSettings withTransactionRetry(TransactionRetry newRetry) {
        return new CommerceSettings(currency, timeToPay, newRetry, popularity, retention, paymentHold);
    }

    /** The same with another measure of popularity, for snapshots made from now on. */
    public CommerceSettings withPopularity(Popularity newPopularity) {
        return new CommerceSettings(currency, timeToPay, transactionRetry, newPopularity, retention, paymentHold);
    }

    /** The same with another retention. */
    public CommerceSettings withRetention(Retention newRetention) {
        return new CommerceSettings(currency, timeToPay, transactionRetry, popularity, newRetention, paymentHold);
    }

    /** The same with another bound on how long a payment from outside holds its order. */
    public CommerceSettings withPaymentHold(Duration newPaymentHold) {
        return new CommerceSettings(currency, timeToPay, transactionRetry, popularity, retention, newPaymentHold);
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
