package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.store.CouponForUser;
import io.github.embeddedcommerce.store.CouponStore.UsersForIssue;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import io.github.embeddedcommerce.transaction.Answer.Refused;
import io.github.embeddedcommerce.transaction.UseCase;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Issues coupons, first come, first served. Whoever wants a limited coupon waits for the others only for the moment of
 * counting; a coupon without a limit has no counter, and nobody waits.
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

    /** What a transaction has locked and read. */
    private record Locked(Set<UserId> users, LockedCoupons coupons, Set<CouponForUser> issued) {}

    @Override
    public List<Answer<UserCoupon>> perform(List<CouponForUser> requests, Stores stores) {
        Locked locked = lock(requests, stores);
        Instant now = context.now();

        List<Answer<Coupon>> decisions = new ArrayList<>();
        requests.forEach(request -> decisions.add(Answer.of(() -> decide(request, locked, now, stores))));

        List<Answer<UserCoupon>> answers = insert(requests, decisions, locked.coupons, now, stores);
        locked.coupons.write(stores);
        return answers;
    }

    private static Locked lock(List<CouponForUser> requests, Stores stores) {
        Set<UserId> users = requests.stream().map(CouponForUser::user).collect(toSet());
        Set<CouponId> coupons = requests.stream().map(CouponForUser::coupon).collect(toSet());
        UsersForIssue locked = stores.coupons().lockUsers(users, coupons);
        boolean nobody = locked.users().isEmpty();
        return new Locked(
                locked.users(),
                LockedCoupons.lock(nobody ? Set.of() : coupons, locked.anyLimited(), stores),
                issued(requests, locked.users(), coupons, stores));
    }

    /**
     * Who of them has one already. Of a single request the insert tells; among many, nobody may be refused the last one
     * because it was counted for a user who has one.
     */
    private static Set<CouponForUser> issued(
            List<CouponForUser> requests, Set<UserId> users, Set<CouponId> coupons, Stores stores) {
        return new HashSet<>(
                requests.size() == 1 || users.isEmpty()
                        ? Set.of()
                        : stores.coupons().issued(users, coupons));
    }

    /** The coupon with this one counted. */
    private static Coupon decide(CouponForUser request, Locked locked, Instant now, Stores stores) {
        if (!locked.users.contains(request.user())) {
            throw request.user().notFound();
        }
        Coupon coupon = locked.coupons.require(request.coupon());
        coupon.requireUnexpired(now);
        if (locked.issued.contains(request)) {
            throw UserCoupon.alreadyIssued(request.user(), request.coupon());
        }
        if (coupon.isSoldOut()) {
            boolean issued = !stores.coupons()
                    .issued(Set.of(request.user()), Set.of(request.coupon()))
                    .isEmpty();
            throw issued ? UserCoupon.alreadyIssued(request.user(), request.coupon()) : coupon.soldOut();
        }
        locked.issued.add(request);
        return locked.coupons.count(coupon.id(), 1);
    }

    private static List<Answer<UserCoupon>> insert(
            List<CouponForUser> requests,
            List<Answer<Coupon>> decisions,
            LockedCoupons coupons,
            Instant now,
            Stores stores) {
        List<CouponForUser> accepted = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (decisions.get(i) instanceof Accepted) {
                accepted.add(requests.get(i));
            }
        }
        Map<CouponForUser, UserCouponId> ids =
                accepted.isEmpty() ? Map.of() : stores.coupons().issue(accepted, now);
        List<Answer<UserCoupon>> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            CouponForUser request = requests.get(i);
            Optional<UserCouponId> id = Optional.ofNullable(ids.get(request));
            if (decisions.get(i) instanceof Accepted && id.isEmpty()) {
                coupons.count(request.coupon(), -1);
                answers.add(new Refused<>(UserCoupon.alreadyIssued(request.user(), request.coupon()), Map.of()));
            } else {
                answers.add(decisions
                        .get(i)
                        .map(counted -> new UserCoupon(id.orElseThrow(), request.user(), counted, now, null)));
            }
        }
        return answers;
    }
}
