package io.github.embeddedcommerce.examples.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What a run came to, counted by us from what each call answered. Immutable.
 *
 * @param visits what became of the baskets, as far as the run came
 */
record Sales(List<Visit> visits) {
    Sales {
        visits = List.copyOf(visits);
    }

    /** How many orders were paid. */
    long paid() {
        return paidVisits().count();
    }

    /** What was paid for them. */
    Money revenue() {
        return paidVisits()
                .map(visit -> Objects.requireNonNull(visit.paid()))
                .reduce(Money.zero(CurrencyUnit.of("KRW")), Money::plus);
    }

    /** How many baskets were not sold, by reason. */
    Map<String, Long> refusals() {
        Map<String, Long> refusals = new TreeMap<>();
        visits.stream()
                .filter(visit -> visit.paid() == null)
                .forEach(visit -> refusals.merge(visit.refusal(), 1L, Long::sum));
        return refusals;
    }

    /** How many units were sold of each item. */
    Map<String, Long> sold() {
        return units(visit -> visit.paid() != null);
    }

    /** How many units are in orders that were placed and not paid, of each item. */
    Map<String, Long> unpaid() {
        return units(Visit::isUnpaid);
    }

    /** How long placing took. */
    Timings placing() {
        return new Timings(visits.stream().mapToLong(visit -> visit.place().nanos()));
    }

    /** How long paying took. */
    Timings paying() {
        return new Timings(visits.stream()
                .filter(visit -> visit.pay() != null)
                .mapToLong(visit -> Objects.requireNonNull(visit.pay()).nanos()));
    }

    private Stream<Visit> paidVisits() {
        return visits.stream().filter(visit -> visit.paid() != null);
    }

    private Map<String, Long> units(Predicate<Visit> which) {
        Map<String, Long> units = new TreeMap<>();
        visits.stream()
                .filter(which)
                .flatMap(visit -> visit.errand().basket().items().stream())
                .forEach(item -> units.merge(item, 1L, Long::sum));
        return units;
    }
}
