package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The request to pay an order from the payer's balance. Immutable.
 *
 * <pre>{@code
 * new Payment(ann, order.id()).withCoupon(coupon.id())
 * }</pre>
 *
 * @param user who pays, the owner of the order
 * @param order which order
 * @param coupon the coupon to pay with, one of the payer's; null to pay without
 */
public record Payment(UserId user, OrderId order, @Nullable UserCouponId coupon) {
    /** Refuses null (VALIDATION_ERROR). */
    public Payment {
        Validation.required(user, "user");
        Validation.required(order, "order");
    }

    /** To pay without a coupon. */
    public Payment(UserId user, OrderId order) {
        this(user, order, null);
    }

    /** The same with this coupon. */
    public Payment withCoupon(UserCouponId used) {
        return new Payment(user, order, Validation.required(used, "coupon"));
    }
}
