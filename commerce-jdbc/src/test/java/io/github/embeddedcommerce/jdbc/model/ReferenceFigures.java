package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Line;
import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Placed;
import io.github.embeddedcommerce.jdbc.model.ReferenceReturns.Given;
import io.github.embeddedcommerce.jdbc.model.ReferenceReturns.Part;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The figures of the reference, counted order by order. */
final class ReferenceFigures {
    private final TreeMap<Long, Placed> orders;
    private final TreeMap<Long, Given> returns;

    ReferenceFigures(ReferenceShop shop) {
        this.orders = shop.orders.all;
        this.returns = shop.returns.all;
    }

    /** What adds up. */
    private static final class Sum {
        long orders;
        long units;
        long returned;
        long revenue;
        long discounts;
        long refunds;

        void add(Part part) {
            returned += part.quantity();
            refunds += part.refund();
        }

        @Override
        public String toString() {
            return Told.of(orders, units, returned, revenue, discounts, refunds);
        }
    }

    /** Of all orders that are paid, and those that are refunded, at such times. */
    String total(Predicate<Instant> when) {
        Sum sum = new Sum();
        for (Placed order : orders.values()) {
            if (isPaid(order, when)) {
                sum.orders++;
                order.lines.forEach(line -> sum.units += line.quantity());
                sum.revenue += order.total - order.discount;
                sum.discounts += order.discount;
            }
            if (isRefunded(order, when)) {
                sum.refunds += order.total - order.discount - refunded(order, -1);
                for (int line = 0; line < order.lines.size(); line++) {
                    sum.returned += order.kept(line);
                }
            }
        }
        returned(when).forEach(given -> given.parts().forEach(sum::add));
        return sum.toString();
    }

    /** The same for each product, as lines of its id and its figures. */
    List<String> byProduct(Predicate<Instant> when) {
        TreeMap<Long, Sum> sums = new TreeMap<>();
        for (Placed order : orders.values()) {
            List<Long> shares = shares(order);
            List<Long> counted = new ArrayList<>();
            for (int i = 0; i < order.lines.size(); i++) {
                Line line = order.lines.get(i);
                long product = line.unit().goods.id;
                long amount = line.price() * line.quantity() - shares.get(i);
                if (isPaid(order, when)) {
                    Sum sum = sums.computeIfAbsent(product, first -> new Sum());
                    sum.orders += counted.contains(product) ? 0 : 1;
                    sum.units += line.quantity();
                    sum.revenue += amount;
                    sum.discounts += shares.get(i);
                    counted.add(product);
                }
                if (isRefunded(order, when)) {
                    Sum sum = sums.computeIfAbsent(product, first -> new Sum());
                    sum.refunds += amount - refunded(order, i);
                    sum.returned += order.kept(i);
                }
            }
        }
        returned(when)
                .forEach(given -> given.parts()
                        .forEach(part -> sums.computeIfAbsent(product(given, part), first -> new Sum())
                                .add(part)));
        List<String> told = new ArrayList<>();
        sums.forEach((product, sum) -> told.add(Told.of(product, sum)));
        return told;
    }

    private List<Given> returned(Predicate<Instant> when) {
        return returns.values().stream().filter(given -> when.test(given.at())).toList();
    }

    private long product(Given given, Part part) {
        return Objects.requireNonNull(orders.get(given.order()))
                .lines
                .get(part.line() - 1)
                .unit()
                .goods
                .id;
    }

    /** What returns of this order refunded for this line; for all lines if it is negative. */
    private long refunded(Placed order, int line) {
        return returns.values().stream()
                .filter(given -> given.order() == order.id)
                .flatMap(given -> given.parts().stream())
                .filter(part -> line < 0 || part.line() == line + 1)
                .mapToLong(Part::refund)
                .sum();
    }

    private static boolean isPaid(Placed order, Predicate<Instant> when) {
        return order.paidAt != null && when.test(order.paidAt);
    }

    private static boolean isRefunded(Placed order, Predicate<Instant> when) {
        return order.paidAt != null && order.closedAt != null && when.test(order.closedAt);
    }

    /** A unit of the discount after the other goes to the line that has most of it still to come. */
    private static List<Long> shares(Placed order) {
        List<BigInteger[]> parts = new ArrayList<>();
        long left = order.discount;
        for (Line line : order.lines) {
            BigInteger part = BigInteger.valueOf(line.price())
                    .multiply(BigInteger.valueOf(line.quantity()))
                    .multiply(BigInteger.valueOf(order.discount));
            BigInteger[] share = part.divideAndRemainder(BigInteger.valueOf(Math.max(1, order.total)));
            parts.add(share);
            left -= share[0].longValueExact();
        }
        List<BigInteger[]> byRemainder = new ArrayList<>(parts);
        byRemainder.sort(Comparator.comparing((BigInteger[] share) -> share[1]).reversed());
        for (int i = 0; i < left; i++) {
            byRemainder.get(i)[0] = byRemainder.get(i)[0].add(BigInteger.ONE);
        }
        return parts.stream().map(share -> share[0].longValueExact()).toList();
    }
}
