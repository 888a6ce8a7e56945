package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes users with their history, keys and cart; orders stay. Thread-safe. */
public record RemoveUsers(UseCaseContext context) {
    /** Removes this user, unless there is money left or an order that can still be paid. */
    public void remove(UserId id) {
        context.transactions().run("users.remove", stores -> {
            List<IdempotencyKey> keys = stores.idempotency().lockAll(id);
            User user = LockedBalances.lock(Set.of(id), stores).require(id);
            user.requireNoMoneyLeft();
            if (stores.orders().hasPayable(id, context.now())) {
                throw id.hasPendingOrders();
            }
            stores.idempotency().remove(id, keys);
            removeCoupons(id, stores);
            stores.users().remove(id);
            return user;
        });
    }

    /** Those that no order was paid with; those of a limited coupon can be issued to others. */
    private static void removeCoupons(UserId id, Stores stores) {
        List<UserCoupon> neverUsed = stores.coupons().neverUsed(id);
        if (neverUsed.isEmpty()) {
            return;
        }
        Set<CouponId> limited = neverUsed.stream()
                .filter(coupon -> coupon.coupon().limit() != null)
                .map(coupon -> coupon.coupon().id())
                .collect(Collectors.toSet());
        LockedCoupons counts = LockedCoupons.lock(limited, stores);
        limited.forEach(coupon -> counts.count(coupon, -1));
        stores.coupons().remove(neverUsed);
        counts.write(stores);
    }
}
