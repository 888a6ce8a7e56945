package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The request to pay an order from the payer's balance. Immutable.
 *
 * <pre>{@code
 * new PayOrder(ann, order.id()).withCoupon(coupon.id())
 * }</pre>
 *
 * @param user who pays, the owner of the order
 * @param order which order
 * @param coupon the coupon to pay with, one of the payer's; null to pay without
 */
public record PayOrder(UserId user, OrderId order, @Nullable UserCouponId coupon) {
    /** Refuses null (VALIDATION_ERROR). */
    public PayOrder {
        Validation.required(user, "user");
        Validation.required(order, "order");
    }

    /** To pay without a coupon. */
    public PayOrder(UserId user, OrderId order) {
        this(user, order, null);
    }

    /** The same with this coupon. */
    public PayOrder withCoupon(UserCouponId used) {
        return new PayOrder(user, order, Validation.required(used, "coupon"));
    }
}
