package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.user.UserId;

/** One coupon for one user: who asks for it, or has it. Immutable. */
public record CouponForUser(UserId user, CouponId coupon) {}
