package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issued coupons, and what becomes of them in this transaction. They change only under the lock of their owner's row;
 * whoever is not the owner is refused them. Not thread-safe.
 */
final class UserCoupons {
    private final Map<UserCouponId, UserCoupon> coupons;
    private final List<UserCoupon> used = new ArrayList<>();
    private final Set<UserCouponId> givenBack = new HashSet<>();

    private UserCoupons(Map<UserCouponId, UserCoupon> coupons) {
        this.coupons = new HashMap<>(coupons);
    }

    /** Reads these coupons; the rows of their owners are locked. */
    static UserCoupons read(Set<UserCouponId> ids, Stores stores) {
        return new UserCoupons(ids.isEmpty() ? Map.of() : stores.coupons().issued(ids));
    }

    /** The coupons that these orders were paid with. */
    static Set<UserCouponId> usedFor(Collection<Order> paid) {
        return paid.stream()
                .map(order -> order.discount().coupon())
                .filter(Objects::nonNull)
                .collect(toSet());
    }

    /** The coupon that this order was paid with; null if none was. */
    @Nullable
    UserCoupon usedFor(Order paid) {
        UserCouponId used = paid.discount().coupon();
        return used == null ? null : require(used);
    }

    /** The coupon as the requests before this one left it (COUPON_NOT_FOUND). */
    UserCoupon require(UserCouponId id) {
        UserCoupon coupon = coupons.get(id);
        if (coupon == null) {
            throw UserCoupon.notFound(id);
        }
        return coupon;
    }

    /**
     * The discount on an order that is to be paid with this coupon, or without. The first payment of an order fixes it:
     * as long as one is under way or settled, another coupon is refused (INVALID_COUPON).
     *
     * @param asked null for none, or the one that is fixed
     */
    Discount discountOn(Order order, @Nullable UserCouponId asked, Instant at) {
        if (!isFixed(order)) {
            return asked == null
                    ? Discount.none(order.total())
                    : require(asked).discountOn(order.total(), order.user(), at);
        }
        UserCouponId fixed = order.discount().coupon();
        if (asked != null && !asked.equals(fixed)) {
            throw new CommerceException(
                    ErrorCode.INVALID_COUPON,
                    "order " + order.id() + " has a payment already, which was begun "
                            + (fixed == null ? "without a coupon" : "with coupon " + fixed)
                            + ": pay the rest without another one",
                    Map.of("userCoupon", asked.value()));
        }
        return order.discount();
    }

    /** Uses the coupon of this discount, unless an earlier payment of the order has. */
    void useFor(Order order, Discount discount, Instant at) {
        UserCouponId coupon = discount.coupon();
        if (coupon != null && !isFixed(order)) {
            use(require(coupon), order.id(), at);
        }
    }

    private static boolean isFixed(Order order) {
        return order.paid().covered().plus(order.paid().underWay()).isPositive();
    }

    /** The coupon has paid for this order. */
    void use(UserCoupon coupon, OrderId order, Instant paidAt) {
        Instant at = TimeOrder.notBefore(coupon.issuedAt(), paidAt);
        UserCoupon paid = new UserCoupon(
                coupon.id(), coupon.user(), coupon.coupon(), coupon.issuedAt(), new UserCoupon.Use(order.value(), at));
        coupons.put(coupon.id(), paid);
        used.add(paid);
    }

    /** Makes a coupon usable again whose order is closed, unless it has expired. Returns whether it did. */
    boolean giveBack(@Nullable UserCoupon coupon, Instant closedAt) {
        if (coupon == null || !coupon.isReturnable(closedAt)) {
            return false;
        }
        givenBack.add(coupon.id());
        return true;
    }

    /** The order of this coupon will not be paid with it: it can be used again, as long as it has not expired. */
    void release(@Nullable UserCouponId id) {
        if (id != null) {
            givenBack.add(id);
        }
    }

    void write(Stores stores) {
        stores.coupons().use(used);
        stores.coupons().giveBack(givenBack);
    }
}
