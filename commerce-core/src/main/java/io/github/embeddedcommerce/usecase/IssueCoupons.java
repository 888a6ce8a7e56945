package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.store.CouponForUser;
import io.github.embeddedcommerce.store.CouponStore.LockedForIssue;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Issues coupons, first come, first served. Issues of a limited coupon wait for each other while they count; an
 * unlimited coupon has no counter and no lock.
 */
public final class IssueCoupons implements UseCase<CouponForUser, UserCoupon> {
    private final UseCaseContext context;

    public IssueCoupons(UseCaseContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "coupons.issue";
    }

    @Override
    public Set<RowKey> contended(CouponForUser request) {
        return RowKey.of(LockOrder.COUPON, request.coupon());
    }

    /** What a transaction has locked and read, and who is to be issued what. */
    private record Locked(
            Set<UserId> users, LockedCoupons coupons, Set<CouponForUser> issued, Map<CouponForUser, Instant> toIssue) {}

    @Override
    public List<Answer<UserCoupon>> perform(List<CouponForUser> requests, Stores stores) {
        Locked locked = lock(requests, stores);
        Instant now = context.now();

        List<Answer<Coupon>> decisions = requests.stream()
                .map(request -> Answer.of(() -> issue(request, locked, now)))
                .toList();

        locked.coupons.write(stores);
        Map<CouponForUser, UserCouponId> ids =
                locked.toIssue.isEmpty() ? Map.of() : stores.coupons().issue(locked.toIssue);
        return answers(requests, decisions, ids, locked.toIssue);
    }

    private static Locked lock(List<CouponForUser> requests, Stores stores) {
        LockedForIssue locked = stores.coupons().lockForIssue(Set.copyOf(requests));
        return new Locked(
                locked.users(),
                new LockedCoupons(locked.coupons()),
                new HashSet<>(locked.issued().keySet()),
                new LinkedHashMap<>());
    }

    /** The coupon with this one counted. */
    private static Coupon issue(CouponForUser request, Locked locked, Instant now) {
        if (!locked.users.contains(request.user())) {
            throw request.user().notFound();
        }
        Coupon coupon = locked.coupons.require(request.coupon());
        Instant issuedAt = TimeOrder.notBefore(coupon.createdAt(), now);
        coupon.requireUnexpired(issuedAt);
        if (locked.issued.contains(request)) {
            throw UserCoupon.alreadyIssued(request.user(), request.coupon());
        }
        if (coupon.isSoldOut()) {
            throw coupon.soldOut();
        }
        locked.issued.add(request);
        locked.toIssue.put(request, issuedAt);
        return locked.coupons.count(coupon.id(), 1);
    }

    private static List<Answer<UserCoupon>> answers(
            List<CouponForUser> requests,
            List<Answer<Coupon>> decisions,
            Map<CouponForUser, UserCouponId> ids,
            Map<CouponForUser, Instant> issuedAt) {
        List<Answer<UserCoupon>> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            CouponForUser request = requests.get(i);
            answers.add(decisions
                    .get(i)
                    .map(counted -> new UserCoupon(
                            Objects.requireNonNull(ids.get(request)),
                            request.user(),
                            counted,
                            Objects.requireNonNull(issuedAt.get(request)),
                            null)));
        }
        return answers;
    }
}
