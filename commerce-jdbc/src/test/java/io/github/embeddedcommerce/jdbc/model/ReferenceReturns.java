package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.RETURN_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Placed;
import io.github.embeddedcommerce.jdbc.model.ReferenceProducts.Unit;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The returns of the reference. */
final class ReferenceReturns {
    private static final int MOST_LINES = 200;
    private static final long MOST_OF_A_LINE = 1_000_000;

    private final ReferenceShop shop;
    final TreeMap<Long, Given> all = new TreeMap<>();

    ReferenceReturns(ReferenceShop shop) {
        this.shop = shop;
    }

    /** So many units of a line; the first is 1. */
    record Item(int line, long quantity) {}

    /** What was given back of a line, for how much. */
    record Part(int line, long quantity, long refund) {
        @Override
        public String toString() {
            return Told.of(line, quantity, refund);
        }
    }

    /** A return. */
    record Given(long id, long order, List<Part> parts, boolean restocked, String note, Instant at) {
        String facts() {
            return Told.of(id, order, refund(), restocked, note, at);
        }

        long refund() {
            return parts.stream().mapToLong(Part::refund).sum();
        }

        String told() {
            return Told.of(facts(), ReferenceShop.lines(parts));
        }
    }

    String giveBack(long id, long orderId, List<Item> items, boolean restock, String note) {
        for (Item item : items) {
            Refused.when(item.line() < 1 || item.line() > MOST_LINES, VALIDATION_ERROR);
            Refused.when(item.quantity() < 1 || item.quantity() > MOST_OF_A_LINE, INVALID_QUANTITY);
        }
        Refused.when(items.isEmpty(), VALIDATION_ERROR);
        Placed order = Refused.unless(shop.orders.all.get(orderId), ORDER_NOT_FOUND);
        Refused.when(!order.is("PAID"), INVALID_ORDER_STATUS);
        for (Item item : items) {
            Refused.when(item.line() > order.lines.size(), VALIDATION_ERROR);
            Refused.when(item.quantity() > order.kept(item.line() - 1), INVALID_QUANTITY);
        }
        Map<Unit, Long> units = restock ? units(order, items) : Map.of();
        units.forEach((unit, quantity) ->
                Refused.when(unit.onHand + quantity > ReferenceShop.MOST_UNITS, INVALID_STOCK_QUANTITY));
        Given given = new Given(id, orderId, parts(order, items), restock, note, shop.now);
        long outside = Math.min(given.refund(), shop.payments.refundable(order));
        if (given.refund() > outside) {
            shop.users.refuseBeyond(shop.users.known(order.user), given.refund() - outside);
        }
        done(order, given, units, given.refund() - outside);
        shop.payments.refund(order, outside);
        return given.told();
    }

    private void done(Placed order, Given given, Map<Unit, Long> units, long toBalance) {
        if (toBalance > 0) {
            shop.users.move(order.user, toBalance, "REFUND|" + order.id, "");
        }
        order.refundedToBalance += toBalance;
        units.forEach((unit, quantity) -> shop.products.changeOnHand(unit, quantity, "RETURN", "order " + order.id));
        given.parts().forEach(part -> order.returned[part.line() - 1] += part.quantity());
        order.returnedAt = shop.now;
        all.put(given.id(), given);
        shop.events.append(order, "RETURNED", given.id());
        if (order.keepsNothing()) {
            if (order.coupon != null) {
                shop.coupons.giveBack(order.coupon);
            }
            shop.orders.close(order, "CANCELLED");
        }
    }

    private static Map<Unit, Long> units(Placed order, List<Item> items) {
        Map<Unit, Long> units = new TreeMap<>((one, other) -> Long.compare(one.id, other.id));
        items.forEach(item -> units.merge(order.lines.get(item.line() - 1).unit(), item.quantity(), Long::sum));
        return units;
    }

    private static List<Part> parts(Placed order, List<Item> items) {
        List<Part> parts = new ArrayList<>();
        for (Item item : items) {
            int line = item.line() - 1;
            long before = refund(order, line, order.returned[line]);
            long after = refund(order, line, order.returned[line] + item.quantity());
            parts.add(new Part(item.line(), item.quantity(), after - before));
        }
        parts.sort(Comparator.comparing(Part::line));
        return parts;
    }

    /** What was refunded for what was given back of this order. */
    static long refunded(Placed order) {
        long refunded = 0;
        for (int line = 0; line < order.lines.size(); line++) {
            refunded += refund(order, line, order.returned[line]);
        }
        return refunded;
    }

    /** What so many units of a line are worth. */
    private static long refund(Placed order, int line, long units) {
        return BigInteger.valueOf(cost(order, line) - shares(order)[line])
                .multiply(BigInteger.valueOf(units))
                .divide(BigInteger.valueOf(order.lines.get(line).quantity()))
                .longValueExact();
    }

    private static long cost(Placed order, int line) {
        return order.lines.get(line).price() * order.lines.get(line).quantity();
    }

    /** Rounded down first; then a unit each to whoever has most less than its due, the first of equals. */
    private static long[] shares(Placed order) {
        long[] shares = new long[order.lines.size()];
        long left = order.discount;
        for (int line = 0; line < shares.length && order.total > 0; line++) {
            shares[line] =
                    due(order, line).divide(BigInteger.valueOf(order.total)).longValueExact();
            left -= shares[line];
        }
        for (; left > 0; left--) {
            int worst = 0;
            for (int line = 1; line < shares.length; line++) {
                worst = missing(order, line, shares).compareTo(missing(order, worst, shares)) > 0 ? line : worst;
            }
            shares[worst]++;
        }
        return shares;
    }

    private static BigInteger due(Placed order, int line) {
        return BigInteger.valueOf(order.discount).multiply(BigInteger.valueOf(cost(order, line)));
    }

    private static BigInteger missing(Placed order, int line, long[] shares) {
        return due(order, line).subtract(BigInteger.valueOf(shares[line]).multiply(BigInteger.valueOf(order.total)));
    }

    /** How many units of this line, counted from 0, had been given back at this instant. */
    long returnedBy(Placed order, int line, Instant at) {
        return all.values().stream()
                .filter(given -> given.order() == order.id && !given.at().isAfter(at))
                .flatMap(given -> given.parts().stream())
                .filter(part -> part.line() == line + 1)
                .mapToLong(Part::quantity)
                .sum();
    }

    String get(long id) {
        return Refused.unless(all.get(id), RETURN_NOT_FOUND).told();
    }

    /** The latest first. */
    List<String> list(long order) {
        return all.descendingMap().values().stream()
                .filter(given -> given.order() == order)
                .map(Given::told)
                .toList();
    }

    void write(Map<String, Collection<String>> books) {
        List<String> parts = new ArrayList<>();
        all.values()
                .forEach(given -> given.parts().forEach(part -> parts.add(Told.of(given.id(), given.order(), part))));
        books.put(
                "select id, order_id, refund, restocked, note, returned_at from <commerce>returns order by id",
                all.values().stream().map(Given::facts).toList());
        books.put("""
                select return_id, order_id, number, quantity, refund from <commerce>return_lines
                order by return_id, number
                """, parts);
    }
}
