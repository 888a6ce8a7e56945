package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.Sales;
import io.github.embeddedcommerce.order.SalesOfDay;
import io.github.embeddedcommerce.order.SalesOfProduct;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Figures of what was sold, straight from the orders: {@link Sales} says what counts when. They are equal to the
 * balance histories of the users, which the audit checks. The database adds up and returns sums only, so memory does
 * not grow with the orders; the time it takes does, with those of the time asked for and no others. Writes and locks
 * nothing. Thread-safe.
 */
public final class Figures {
    /** The most days that can be asked for at once: a leap year, and a month more. */
    public static final int MAX_DAYS = 397;

    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 2);
    private static final LocalDate LAST_DAY = LocalDate.of(9998, 12, 31);

    private final UseCaseContext context;

    Figures(UseCaseContext context) {
        this.context = context;
    }

    /**
     * Adds up what was sold on each day, also on those on which nothing was.
     *
     * <p>A day lasts from its first moment in the zone to the first moment of the next: 23 or 25 hours when clocks are
     * changed, and no time at all if the zone has left it out. A month is read as one consistent state; what is paid
     * while later months are read may be counted in those.
     *
     * @param zone whose days; the shop's, or that of whoever reads the figures
     * @param from the first day, from 1970-01-02 on
     * @param until the day behind the last, not before {@code from}, at most {@value #MAX_DAYS} days later and up to
     *     9998-12-31
     * @return the days in their order
     * @throws CommerceException VALIDATION_ERROR if an argument is null or out of range
     * @throws StorageException if the database could not do it
     */
    public List<SalesOfDay> getByDay(ZoneId zone, LocalDate from, LocalDate until) {
        required(zone, "zone");
        requireDay(from, "from");
        requireDay(until, "until");
        long days = ChronoUnit.DAYS.between(from, until);
        if (days < 0 || days > MAX_DAYS) {
            throw refusal(
                    "until",
                    "must be from 0 to " + MAX_DAYS + " days after " + from + ", it is " + until,
                    Map.of(
                            "value",
                            until.toString(),
                            "min",
                            from.toString(),
                            "max",
                            from.plusDays(MAX_DAYS).toString()));
        }
        if (days == 0) {
            return List.of();
        }
        List<Instant> bounds = from.datesUntil(until.plusDays(1))
                .map(day -> day.atStartOfDay(zone).toInstant())
                .toList();
        List<Sales> sales = context.transactions()
                .scan("figures.getByDay", stores -> stores.figures().between(bounds));
        List<SalesOfDay> result = new ArrayList<>(sales.size());
        sales.forEach(ofDay -> result.add(new SalesOfDay(from.plusDays(result.size()), ofDay)));
        return result;
    }

    /**
     * Adds up what was sold of each product of which anything was sold or given back, in the order of the products'
     * ids. Each page reads the orders of the whole time, as they are then: ask for large pages.
     *
     * @param from from this instant on, in the years 1970 to 9998
     * @param until before this instant, not before {@code from}
     * @throws CommerceException VALIDATION_ERROR if an argument is null or out of range, or the cursor belongs to
     *     another list
     * @throws StorageException if the database could not do it
     */
    public Page<SalesOfProduct> listByProduct(Instant from, Instant until, PageRequest page) {
        Instant begin = requireTime(from, "from");
        Instant end = requireTime(until, "until");
        if (end.isBefore(begin)) {
            throw refusal(
                    "until",
                    "must not be before the start of the time, " + from + ", it is " + until,
                    Map.of("value", until.toString(), "min", from.toString()));
        }
        String list = "figures." + micros(begin) + "." + micros(end);
        Cursor cursor = required(page, "page").after();
        long above = cursor == null ? 0 : cursor.keys(list, 1).get(0);
        return context.transactions().scan("figures.listByProduct", stores -> {
            List<SalesOfProduct> found = stores.figures().byProduct(begin, end, above, page.size() + 1);
            return Page.of(
                    found,
                    page.size(),
                    last -> Cursor.behind(list, List.of(last.product().value())));
        });
    }

    private static void requireDay(LocalDate day, String field) {
        if (required(day, field).isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw outOfRange(day, field);
        }
    }

    /** In whole microseconds, as times are kept; rounded up, which selects the same. */
    private static Instant requireTime(Instant time, String field) {
        if (required(time, field).isBefore(Instant.EPOCH) || time.isAfter(Instant.parse(LAST_DAY + "T00:00:00Z"))) {
            throw outOfRange(time, field);
        }
        Instant whole = time.truncatedTo(ChronoUnit.MICROS);
        return whole.equals(time) ? whole : whole.plus(1, ChronoUnit.MICROS);
    }

    private static CommerceException outOfRange(Object value, String field) {
        return Validation.refusal(
                field,
                "must be from " + FIRST_DAY + " to " + LAST_DAY + ", it is " + value,
                Map.of("value", value.toString(), "min", FIRST_DAY.toString(), "max", LAST_DAY.toString()));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
