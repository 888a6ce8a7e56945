package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The request to pay an order from its owner's balance. Immutable.
 *
 * <pre>{@code
 * PayOrder.by(ann, order.id()).withCoupon(coupon.id()).withKey(key)
 * }</pre>
 *
 * @param user who pays, the owner of the order
 * @param order which order
 * @param coupon the coupon to pay with, one of the owner's; null to pay without
 * @param key the idempotency key; null for none
 */
public record PayOrder(
        UserId user,
        OrderId order,
        @Nullable UserCouponId coupon,
        @Nullable IdempotencyKey key) {
    /** Refuses null (VALIDATION_ERROR). */
    public PayOrder {
        Validation.required(user, "user");
        Validation.required(order, "order");
    }

    /** To pay without a coupon. */
    public static PayOrder by(UserId user, OrderId order) {
        return new PayOrder(user, order, null, null);
    }

    /** The same with this coupon. */
    public PayOrder withCoupon(UserCouponId used) {
        return new PayOrder(user, order, Validation.required(used, "coupon"), key);
    }

    /** The same with this idempotency key. */
    public PayOrder withKey(IdempotencyKey newKey) {
        return new PayOrder(user, order, coupon, Validation.required(newKey, "key"));
    }
}
