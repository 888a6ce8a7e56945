package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.COUPON;
import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
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
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Coupons as the port wants them; their SQL is in {@link CouponSql}. */
final class JdbiCouponStore implements CouponStore {
    private final CouponSql sql;
    private final RowLocks locks;

    JdbiCouponStore(Handle handle, RowLocks locks) {
        this.sql = handle.attach(CouponSql.class);
        this.locks = locks;
    }

    @Override
    public CouponId insert(NewCoupon coupon, Instant createdAt) {
        return sql.insert(coupon, createdAt);
    }

    @Override
    public Optional<Coupon> find(CouponId id) {
        return sql.find(id);
    }

    @Override
    public Optional<Applicant> lockApplicant(UserId user, CouponId coupon) {
        return locks.take(USER, List.of(user), () -> sql.lockApplicant(user, coupon));
    }

    @Override
    public Map<CouponId, Coupon> lockLimited(Collection<CouponId> ids) {
        return locks.take(COUPON, ids, () -> sql.lockLimited(ids)).stream()
                .collect(toMap(Coupon::id, Function.identity()));
    }

    @Override
    public void write(List<Coupon> coupons) {
        UpdateCounts.each(sql.write(coupons), "coupons");
    }

    @Override
    public boolean isIssued(CouponId coupon, UserId user) {
        return sql.count(coupon, user) > 0;
    }

    @Override
    public Optional<UserCouponId> issue(CouponId coupon, UserId user, Instant now) {
        return sql.issue(coupon, user, now);
    }

    @Override
    public Map<UserCouponId, UserCoupon> issued(Collection<UserCouponId> ids) {
        return sql.issued(ids).stream().collect(toMap(UserCoupon::id, Function.identity()));
    }

    @Override
    public List<UserCoupon> neverUsed(UserId user) {
        return sql.neverUsed(user);
    }

    @Override
    public void remove(List<UserCoupon> neverUsed) {
        UpdateCounts.each(sql.remove(neverUsed), "user_coupons");
    }

    @Override
    public void use(List<UserCoupon> used) {
        UpdateCounts.each(sql.use(used), "user_coupons");
    }

    @Override
    public void giveBack(Set<UserCouponId> ids) {
        if (!ids.isEmpty()) {
            UpdateCounts.all(sql.giveBack(ids), ids.size(), "user_coupons");
        }
    }

    @Override
    public List<UserCoupon> list(UserId user, Set<CouponStatus> statuses, Instant now, long below, int limit) {
        return sql.list(user, statuses, now, below, limit);
    }
}
