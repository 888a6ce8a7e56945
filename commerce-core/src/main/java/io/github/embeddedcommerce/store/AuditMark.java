package io.github.embeddedcommerce.store;

import java.math.BigInteger;
import java.time.Instant;

/**
 * A moment behind which everything has been committed, and what explains the stock from there on. Units are weighed by
 * their option, so those of one do not make up for those of another.
 *
 * @param at changes from this time on are later than the mark
 * @param stockChange stock changes with a higher id are later
 * @param userCoupon coupons issued with a higher id are later
 * @param onHand the units on hand, less the later stock changes, plus what was sold later
 * @param returned the units of later stock changes that brought returned ones back, less those that came back later
 *     with returns and cancelled orders
 * @param reserved the units reserved, less those of pending orders: none
 */
public record AuditMark(
        Instant at, long stockChange, long userCoupon, BigInteger onHand, BigInteger returned, BigInteger reserved) {
    /** Whether the stock is explained by what is later than this mark, of which the other has the units as of now. */
    public boolean explains(AuditMark now) {
        return onHand.equals(now.onHand) && returned.equals(now.returned) && now.reserved.signum() == 0;
    }
}
