package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_ISSUED;
import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_USED;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_INFO_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_SOLD_OUT;
import static io.github.embeddedcommerce.error.ErrorCode.EXPIRED_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The coupons of the reference. */
final class ReferenceCoupons {
    private final ReferenceShop shop;
    final TreeMap<Long, Kind> kinds = new TreeMap<>();
    final TreeMap<Long, Issued> issued = new TreeMap<>();

    ReferenceCoupons(ReferenceShop shop) {
        this.shop = shop;
    }

    /**
     * What a coupon promises.
     *
     * @param rate in hundredths of a percent; 0 if the discount is fixed
     */
    record Promise(
            long rate,
            long fixed,
            @Nullable Long maximum,
            @Nullable Long minimum) {
        long on(long total) {
            long discount = rate == 0
                    ? fixed
                    : BigInteger.valueOf(total)
                            .multiply(BigInteger.valueOf(rate))
                            .divide(BigInteger.valueOf(10_000))
                            .longValueExact();
            return Math.min(Math.min(discount, maximum == null ? discount : maximum), total);
        }

        @Override
        public String toString() {
            return Told.of(rate, fixed, maximum, minimum);
        }
    }

    /** A coupon that can be issued. */
    static final class Kind {
        final long id;
        final Promise promise;
        final @Nullable Instant from;
        final Instant until;

        @Nullable
        Long total;

        long count;

        Kind(long id, Promise promise, @Nullable Instant from, Instant until) {
            this.id = id;
            this.promise = promise;
            this.from = from;
            this.until = until;
        }

        boolean isOver(Instant now) {
            return now.compareTo(until) >= 0;
        }

        String told() {
            return Told.of(id, promise, from, until, total, total == null ? null : count);
        }
    }

    /** One in the hands of a user. */
    static final class Issued {
        final long id;
        final String user;
        final Kind kind;
        final Instant at;

        @Nullable
        Long order;

        @Nullable
        Instant usedAt;

        Issued(long id, String user, Kind kind, Instant at) {
            this.id = id;
            this.user = user;
            this.kind = kind;
            this.at = at;
        }

        String status(Instant now) {
            return order != null ? "USED" : kind.isOver(now) ? "EXPIRED" : "AVAILABLE";
        }

        String told(Instant now) {
            return Told.of(id, user, kind.id, at, order, usedAt, status(now));
        }
    }

    String create(long id, Promise promise, @Nullable Instant from, Instant until, @Nullable Long total) {
        Refused.when(from != null && from.compareTo(until) >= 0, VALIDATION_ERROR);
        Refused.when(until.compareTo(shop.now) <= 0, VALIDATION_ERROR);
        Kind kind = new Kind(id, promise, from, until);
        kind.total = total;
        kinds.put(id, kind);
        return kind.told();
    }

    String get(long id) {
        return known(id).told();
    }

    String changeTotal(long id, long total) {
        Refused.when(total < 0, VALIDATION_ERROR);
        Kind kind = known(id);
        Refused.when(kind.total == null || total < kind.count, VALIDATION_ERROR);
        kind.total = total;
        return kind.told();
    }

    String issue(long newId, String user, long id) {
        shop.users.known(user);
        Kind kind = known(id);
        Refused.when(kind.isOver(shop.now), EXPIRED_COUPON);
        Refused.when(
                issued.values().stream().anyMatch(one -> one.kind == kind && one.user.equals(user)), ALREADY_ISSUED);
        Refused.when(kind.total != null && kind.count == kind.total, COUPON_SOLD_OUT);
        Issued made = new Issued(newId, user, kind, shop.now);
        kind.count++;
        issued.put(newId, made);
        return made.told(shop.now);
    }

    /** The latest first. */
    List<String> list(String user, @Nullable String status) {
        return issued.descendingMap().values().stream()
                .filter(one -> one.user.equals(user)
                        && (status == null || one.status(shop.now).equals(status)))
                .map(one -> one.told(shop.now))
                .toList();
    }

    /** What it takes off, if this user can use it now. */
    long discount(long id, String user, long total) {
        Issued coupon = Refused.unless(issued.get(id), COUPON_NOT_FOUND);
        Refused.when(!coupon.user.equals(user), INVALID_COUPON);
        Refused.when(coupon.order != null, ALREADY_USED);
        Refused.when(coupon.kind.isOver(shop.now), EXPIRED_COUPON);
        Refused.when(coupon.kind.from != null && shop.now.compareTo(coupon.kind.from) < 0, INVALID_COUPON);
        Long minimum = coupon.kind.promise.minimum();
        Refused.when(minimum != null && total < minimum, INVALID_COUPON);
        Refused.when(coupon.kind.promise.on(total) == 0, INVALID_COUPON);
        return coupon.kind.promise.on(total);
    }

    void use(long id, long order) {
        Issued coupon = Refused.unless(issued.get(id), COUPON_NOT_FOUND);
        coupon.order = order;
        coupon.usedAt = shop.now;
    }

    /** Whether its user has it back. */
    boolean giveBack(long id) {
        Issued coupon = Refused.unless(issued.get(id), COUPON_NOT_FOUND);
        if (coupon.kind.isOver(shop.now)) {
            return false;
        }
        coupon.order = null;
        coupon.usedAt = null;
        return true;
    }

    /** The order that it was to pay for will not be paid with it. */
    void release(long id) {
        Issued coupon = Refused.unless(issued.get(id), COUPON_NOT_FOUND);
        coupon.order = null;
        coupon.usedAt = null;
    }

    /** A user who goes takes along what no order was ever paid with, and others can have it. */
    void forget(String user) {
        issued.values().removeIf(one -> {
            boolean goes = one.user.equals(user)
                    && shop.orders.all.values().stream().noneMatch(order -> Objects.equals(order.coupon, one.id));
            one.kind.count -= goes ? 1 : 0;
            return goes;
        });
    }

    private Kind known(long id) {
        Kind kind = Refused.unless(kinds.get(id), COUPON_INFO_NOT_FOUND);
        return kind;
    }

    /** Of each kind, the latest first, how many users have it and how many of these are spent. */
    List<String> counted() {
        return kinds.descendingMap().values().stream()
                .map(kind -> {
                    List<Issued> held = issued.values().stream()
                            .filter(one -> one.kind == kind)
                            .toList();
                    long used = held.stream().filter(one -> one.order != null).count();
                    return Told.of(kind.id, held.size(), used);
                })
                .toList();
    }

    void write(Map<String, Collection<String>> books) {
        books.put("""
                select id, cast(100 * coalesce(rate, 0) as bigint), coalesce(fixed_discount, 0), maximum_discount,
                  minimum_total, valid_from, expires_at, total, case when total is not null then issued end
                from <commerce>coupons order by id
                """, kinds.values().stream().map(Kind::told).toList());
        books.put(
                """
                select id, user_id, coupon_id, issued_at, order_id, used_at from <commerce>user_coupons order by id
                """,
                issued.values().stream()
                        .map(one -> Told.of(one.id, one.user, one.kind.id, one.at, one.order, one.usedAt))
                        .toList());
    }
}
