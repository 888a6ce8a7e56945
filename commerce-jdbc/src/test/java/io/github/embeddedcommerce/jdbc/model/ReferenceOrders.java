package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_UNDER_WAY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_ORDER_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import io.github.embeddedcommerce.jdbc.model.ReferenceProducts.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The orders of the reference. */
final class ReferenceOrders {
    private static final long MOST_OF_A_LINE = 1_000_000;

    private final ReferenceShop shop;
    final TreeMap<Long, Placed> all = new TreeMap<>();

    ReferenceOrders(ReferenceShop shop) {
        this.shop = shop;
    }

    /** So many of an option. */
    record Item(long unit, long quantity) {}

    /** A line of an order. */
    record Line(Unit unit, String name, long price, long quantity) {
        @Override
        public String toString() {
            return Told.of(unit.id, unit.sku, unit.goods.id, name, price, quantity);
        }
    }

    /** An order. */
    static final class Placed {
        final long id;
        final String user;
        final List<Line> lines;
        final long total;
        final Instant placedAt;
        final Instant payBy;
        Instant expiresAt;
        long fromBalance;
        long fromOutside;
        long underWay;
        long givenBack;
        long refundedToBalance;
        int events;
        String status = "PENDING";
        long discount;

        @Nullable
        Long coupon;

        @Nullable
        Instant paidAt;

        @Nullable
        Instant returnedAt;

        @Nullable
        Instant closedAt;

        /** Of each line, how many units returns gave back. */
        final long[] returned;

        Placed(long id, String user, List<Line> lines, Instant placedAt) {
            this.id = id;
            this.user = user;
            this.lines = lines;
            this.returned = new long[lines.size()];
            this.total = lines.stream()
                    .mapToLong(line -> line.price() * line.quantity())
                    .sum();
            this.placedAt = placedAt;
            this.payBy = placedAt.plus(ReferenceShop.TIME_TO_PAY);
            this.expiresAt = payBy;
        }

        boolean is(String wanted) {
            return status.equals(wanted);
        }

        boolean isOverdue(Instant now) {
            return is("PENDING") && now.compareTo(expiresAt) >= 0;
        }

        boolean holds(Set<Long> units) {
            return is("PENDING") && lines.stream().anyMatch(line -> units.contains(line.unit().id));
        }

        long kept(int line) {
            return lines.get(line).quantity() - returned[line];
        }

        boolean keepsNothing() {
            return IntStream.range(0, returned.length).allMatch(line -> kept(line) == 0);
        }

        /** All that was paid if it was cancelled, else what returns refunded. */
        long refunded() {
            return paidAt != null && closedAt != null ? total - discount : ReferenceReturns.refunded(this);
        }

        String facts() {
            return Told.of(id, user, status, total, discount, coupon, placedAt, expiresAt, paidAt, returnedAt, closedAt)
                    + "|" + Told.of(payBy, fromBalance, fromOutside, underWay, givenBack, refundedToBalance);
        }

        /** Of what it costs, what is neither paid nor under way. */
        long due() {
            return total - discount - fromBalance - fromOutside - underWay;
        }

        /** Whether its discount is fixed by a payment. */
        boolean hasPayments() {
            return fromBalance + fromOutside + underWay > 0;
        }

        List<String> toldLines() {
            return IntStream.range(0, returned.length)
                    .mapToObj(line -> Told.of(lines.get(line), returned[line]))
                    .toList();
        }

        String told() {
            return Told.of(facts(), refunded(), ReferenceShop.lines(toldLines()));
        }
    }

    String place(long id, String user, List<Item> items) {
        Refused.when(items.stream().anyMatch(item -> item.quantity() < 1), INVALID_QUANTITY);
        Refused.when(items.stream().anyMatch(item -> item.quantity() > MOST_OF_A_LINE), INVALID_QUANTITY);
        Refused.when(items.isEmpty(), VALIDATION_ERROR);
        Set<Long> units = items.stream().map(Item::unit).collect(Collectors.toSet());
        return whereShort(units, () -> placeOnce(id, user, items));
    }

    /** Where stock is short, overdue orders that hold some of it expire, and it is tried once more. */
    String whereShort(Set<Long> units, Supplier<String> useCase) {
        try {
            return useCase.get();
        } catch (Refused refused) {
            if (refused.code() == INSUFFICIENT_STOCK
                    && !shop.isTogether
                    && expire(all.values().stream()
                                    .filter(order -> order.isOverdue(shop.now) && order.holds(units))
                                    .toList())
                            > 0) {
                return useCase.get();
            }
            throw refused;
        }
    }

    String placeOnce(long id, String user, List<Item> items) {
        List<Line> lines = new ArrayList<>();
        Map<Unit, Long> wanted = new HashMap<>();
        for (Item item : items) {
            Unit unit = Refused.unless(shop.products.units.get(item.unit()), PRODUCT_OPTION_NOT_FOUND);
            Refused.when(!unit.goods.facts.onSale(), PRODUCT_OPTION_NOT_FOUND);
            lines.add(new Line(unit, unit.goods.facts.name(), unit.goods.facts.price(), item.quantity()));
            wanted.merge(unit, item.quantity(), Long::sum);
        }
        refuseTooDear(lines);
        wanted.forEach((unit, quantity) -> Refused.when(quantity > unit.available(), INSUFFICIENT_STOCK));
        shop.users.known(user);
        wanted.forEach((unit, quantity) -> unit.reserved += quantity);
        Placed placed = new Placed(id, user, lines, shop.now);
        all.put(id, placed);
        return placed.told();
    }

    private static void refuseTooDear(List<Line> lines) {
        long left = ReferenceShop.MOST_MONEY;
        for (Line line : lines) {
            Refused.when(line.price() > 0 && line.quantity() > left / line.price(), VALIDATION_ERROR);
            left -= line.price() * line.quantity();
        }
    }

    String pay(String user, long id, @Nullable Long coupon) {
        Placed order = payable(user, id);
        ReferenceUsers.Purse purse = shop.users.known(user);
        Refused.when(order.underWay > 0, PAYMENT_UNDER_WAY);
        long discount = discount(order, coupon);
        long amount = order.total - discount - order.fromBalance - order.fromOutside;
        shop.users.refuseBeyond(purse, -amount);
        fix(order, discount, coupon);
        takeFromBalance(order, amount);
        sell(order);
        return Told.of(order.told(), order.fromBalance, purse.balance);
    }

    Placed payable(String user, long id) {
        Placed order = owned(user, id);
        Refused.when(order.is("PAID"), ALREADY_PAID);
        Refused.when(order.is("EXPIRED") || order.isOverdue(shop.now), ORDER_EXPIRED);
        Refused.when(!order.is("PENDING"), INVALID_ORDER_STATUS);
        return order;
    }

    /** What this coupon takes off, or the one that a payment has fixed. */
    long discount(Placed order, @Nullable Long coupon) {
        if (order.hasPayments()) {
            Refused.when(coupon != null && !coupon.equals(order.coupon), INVALID_COUPON);
            return order.discount;
        }
        return coupon == null ? 0 : shop.coupons.discount(coupon, order.user, order.total);
    }

    /** The first payment fixes the discount. */
    void fix(Placed order, long discount, @Nullable Long coupon) {
        if (!order.hasPayments()) {
            order.discount = discount;
            order.coupon = coupon;
            if (coupon != null) {
                shop.coupons.use(coupon, order.id);
            }
        }
    }

    void takeFromBalance(Placed order, long amount) {
        if (amount > 0) {
            shop.users.move(order.user, -amount, "PAYMENT|" + order.id, "");
        }
        order.fromBalance += amount;
    }

    /** Gives back to the balance what was taken before the order was paid. */
    void giveBack(Placed order, long amount) {
        if (amount > 0) {
            shop.users.move(order.user, amount, "REFUND|" + order.id, "");
        }
        order.fromBalance -= amount;
        order.givenBack += amount;
    }

    /** It is paid, to the last part. */
    void sell(Placed order) {
        order.lines.forEach(line -> {
            line.unit().onHand -= line.quantity();
            line.unit().reserved -= line.quantity();
        });
        order.status = "PAID";
        order.paidAt = shop.now;
        shop.events.append(order);
    }

    /** Its coupon can be used for another one. */
    void release(Placed order) {
        if (order.coupon != null) {
            shop.coupons.release(order.coupon);
        }
        order.coupon = null;
        order.discount = 0;
    }

    String cancel(String user, long id) {
        Placed order = owned(user, id);
        Refused.when(order.is("EXPIRED") || order.isOverdue(shop.now), ORDER_EXPIRED);
        Refused.when(order.is("CANCELLED"), INVALID_ORDER_STATUS);
        return order.is("PAID") ? refund(order) : giveUp(order);
    }

    private String giveUp(Placed order) {
        closeUnpaid(order, "CANCELLED");
        return Told.of(order.told(), 0, false);
    }

    private String refund(Placed order) {
        ReferenceUsers.Purse purse = shop.users.known(order.user);
        Map<Unit, Long> returned = new TreeMap<>((one, other) -> Long.compare(one.id, other.id));
        for (int line = 0; line < order.lines.size(); line++) {
            if (order.kept(line) > 0) {
                returned.merge(order.lines.get(line).unit(), order.kept(line), Long::sum);
            }
        }
        returned.forEach((unit, quantity) ->
                Refused.when(unit.onHand + quantity > ReferenceShop.MOST_UNITS, INVALID_STOCK_QUANTITY));
        long amount = order.fromBalance - order.refundedToBalance;
        shop.users.refuseBeyond(purse, amount);
        if (amount > 0) {
            shop.users.move(order.user, amount, "REFUND|" + order.id, "");
        }
        long refunded = order.total - order.discount - order.refunded();
        order.refundedToBalance += amount;
        returned.forEach((unit, quantity) -> shop.products.changeOnHand(unit, quantity, "RETURN", "order " + order.id));
        boolean couponBack = order.coupon != null && shop.coupons.giveBack(order.coupon);
        close(order, "CANCELLED");
        shop.payments.refundAll(order);
        return Told.of(order.told(), refunded, couponBack);
    }

    /** Expires all that is overdue. Returns how many orders that were. */
    long expireOverdue() {
        return expire(
                all.values().stream().filter(order -> order.isOverdue(shop.now)).toList());
    }

    /** The longest overdue first; of those that are overdue for equally long, the one that was placed first. */
    private long expire(List<Placed> overdue) {
        overdue.stream()
                .sorted(Comparator.comparing(order -> order.expiresAt))
                .forEach(order -> closeUnpaid(order, "EXPIRED"));
        return overdue.size();
    }

    private void closeUnpaid(Placed order, String status) {
        order.lines.forEach(line -> line.unit().reserved -= line.quantity());
        giveBack(order, order.fromBalance);
        release(order);
        order.underWay = 0;
        close(order, status);
        shop.payments.refundAll(order);
    }

    void close(Placed order, String status) {
        order.status = status;
        order.closedAt = shop.now;
        shop.events.append(order);
    }

    String get(String user, long id) {
        return owned(user, id).told();
    }

    /** The latest first. */
    List<String> list(String user, @Nullable String status) {
        return list(user, status, Long.MAX_VALUE);
    }

    /** Those that were placed before the one with this id. */
    List<String> list(String user, @Nullable String status, long below) {
        return all.headMap(below, false).descendingMap().values().stream()
                .filter(order -> order.user.equals(user) && (status == null || order.is(status)))
                .map(Placed::told)
                .toList();
    }

    boolean payableBy(String user) {
        return all.values().stream()
                .anyMatch(order -> order.user.equals(user)
                        && order.is("PENDING")
                        && (!order.isOverdue(shop.now) || order.fromBalance > 0));
    }

    private Placed owned(String user, long id) {
        Placed order = Refused.unless(all.get(id), ORDER_NOT_FOUND);
        Refused.when(!order.user.equals(user), UNAUTHORIZED_ORDER_ACCESS);
        return order;
    }

    void write(Map<String, Collection<String>> books) {
        List<String> lines = new ArrayList<>();
        all.values().forEach(order -> order.toldLines().forEach(line -> lines.add(Told.of(order.id, line))));
        books.put("""
                select id, user_id, status, total, discount, user_coupon_id, placed_at, expires_at, paid_at,
                  returned_at, closed_at, pay_by, from_balance, from_outside, under_way, given_back, refunded_to_balance
                from <commerce>orders order by id
                """, all.values().stream().map(Placed::facts).toList());
        books.put("""
                select order_id, option_id, sku, product_id, product_name, unit_price, quantity, returned
                from <commerce>order_lines order by order_id, number
                """, lines);
    }
}
