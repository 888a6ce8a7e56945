package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.COUPON;
import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.IssueLimit;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.store.CouponStore;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

record InMemoryCoupons(Rows rows, Journal journal) implements CouponStore {
    @Override
    public CouponId insert(NewCoupon coupon, Instant createdAt) {
        CouponId id = new CouponId(rows.coupons.size() + 1L);
        IssueLimit supply = coupon.total() == null ? null : new IssueLimit(coupon.total(), 0);
        rows.coupons.put(id, new Coupon(id, coupon.terms(), supply, createdAt));
        journal.adds(COUPON, id, "coupon " + id);
        return id;
    }

    @Override
    public Optional<Coupon> find(CouponId id) {
        return Optional.ofNullable(rows.coupons.get(id));
    }

    @Override
    public Optional<Applicant> lockApplicant(UserId user, CouponId coupon) {
        if (!rows.users.containsKey(user)) {
            return Optional.empty();
        }
        journal.locks(USER, Set.of(user));
        boolean limited = find(coupon).map(found -> found.supply() != null).orElse(false);
        return Optional.of(new Applicant(user, limited));
    }

    @Override
    public Map<CouponId, Coupon> lockLimited(Collection<CouponId> ids) {
        Map<CouponId, Coupon> limited = new TreeMap<>(rows.coupons);
        limited.keySet().retainAll(ids);
        limited.values().removeIf(coupon -> coupon.supply() == null);
        journal.locks(COUPON, limited.keySet());
        return limited;
    }

    @Override
    public void write(List<Coupon> coupons) {
        for (Coupon coupon : coupons) {
            assertThat(coupon.supply()).isNotNull();
            rows.coupons.put(coupon.id(), coupon);
            journal.writesLocked(COUPON, coupon.id(), "supply of coupon " + coupon.id());
        }
    }

    @Override
    public boolean isIssued(CouponId coupon, UserId user) {
        return rows.userCoupons.values().stream()
                .anyMatch(
                        held -> held.coupon().id().equals(coupon) && held.user().equals(user));
    }

    @Override
    public Optional<UserCouponId> issue(CouponId coupon, UserId user, Instant now) {
        if (isIssued(coupon, user)) {
            return Optional.empty();
        }
        UserCouponId id = new UserCouponId(
                rows.userCoupons.isEmpty() ? 1 : rows.userCoupons.lastKey().value() + 1);
        rows.userCoupons.put(id, new UserCoupon(id, user, requireNonNull(rows.coupons.get(coupon)), now, null));
        journal.writesLocked(USER, user, "coupon " + coupon + " of " + user);
        return Optional.of(id);
    }

    @Override
    public Map<UserCouponId, UserCoupon> issued(Collection<UserCouponId> ids) {
        Map<UserCouponId, UserCoupon> issued = new TreeMap<>(rows.userCoupons);
        issued.keySet().retainAll(ids);
        return issued;
    }

    @Override
    public List<UserCoupon> neverUsed(UserId user) {
        return rows.userCoupons.values().stream()
                .filter(issued -> issued.user().equals(user))
                .filter(issued -> rows.orders.values().stream()
                        .noneMatch(order ->
                                issued.id().equals(order.progress().discount().coupon())))
                .toList();
    }

    @Override
    public void remove(List<UserCoupon> neverUsed) {
        for (UserCoupon issued : neverUsed) {
            rows.userCoupons.remove(issued.id());
            journal.writesLocked(USER, issued.user(), "removal of coupon " + issued.id());
        }
    }

    @Override
    public void use(List<UserCoupon> used) {
        for (UserCoupon coupon : used) {
            assertThat(requireNonNull(rows.userCoupons.get(coupon.id())).use()).isNull();
            put(coupon, "use of coupon " + coupon.id());
        }
    }

    @Override
    public void giveBack(Set<UserCouponId> ids) {
        for (UserCouponId id : ids) {
            UserCoupon used = requireNonNull(rows.userCoupons.get(id));
            assertThat(used.use()).isNotNull();
            put(new UserCoupon(id, used.user(), used.coupon(), used.issuedAt(), null), "return of coupon " + id);
        }
    }

    @Override
    public List<UserCoupon> list(UserId user, Set<CouponStatus> statuses, Instant now, long below, int limit) {
        return rows.userCoupons.descendingMap().values().stream()
                .filter(coupon -> coupon.user().equals(user) && statuses.contains(coupon.status(now)))
                .filter(coupon -> coupon.id().value() < below)
                .limit(limit)
                .toList();
    }

    private void put(UserCoupon coupon, String write) {
        rows.userCoupons.put(coupon.id(), coupon);
        journal.writesLocked(USER, coupon.user(), write);
    }
}
