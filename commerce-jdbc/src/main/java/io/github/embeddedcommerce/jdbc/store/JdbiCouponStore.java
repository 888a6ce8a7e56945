package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.COUPON;
import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.store.CouponSql.UserForIssue;
import io.github.embeddedcommerce.store.CouponForUser;
import io.github.embeddedcommerce.store.CouponStore;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Coupons as the port wants them; their SQL is in {@link CouponSql}. */
final class JdbiCouponStore implements CouponStore {
    private final CouponSql sql;
    private final BatchInserts inserts;
    private final RowLocks locks;

    JdbiCouponStore(Handle handle, RowLocks locks) {
        this.inserts = new BatchInserts(handle);
        this.sql = handle.attach(CouponSql.class);
        this.locks = locks;
    }

    @Override
    public CouponId insert(NewCoupon coupon, Instant createdAt) {
        return sql.insert(coupon, createdAt);
    }

    @Override
    public Map<CouponId, Coupon> find(Set<CouponId> ids) {
        return sql.find(ids).stream().collect(toMap(Coupon::id, Function.identity()));
    }

    @Override
    public UsersForIssue lockUsers(Set<UserId> users, Set<CouponId> coupons) {
        List<UserForIssue> locked = locks.take(USER, users, () -> sql.lockUsers(users, coupons));
        return new UsersForIssue(
                locked.stream().map(UserForIssue::user).collect(toSet()),
                locked.stream().anyMatch(user -> user.limits() > 0));
    }

    @Override
    public Map<CouponId, Coupon> lockLimited(Collection<CouponId> ids) {
        return locks.take(COUPON, ids, () -> sql.lockLimited(ids)).stream()
                .collect(toMap(Coupon::id, Function.identity()));
    }

    @Override
    public void write(List<Coupon> coupons) {
        if (!coupons.isEmpty()) {
            UpdateCounts.each(sql.write(coupons), "coupons");
        }
    }

    @Override
    public Set<CouponForUser> issued(Set<UserId> users, Set<CouponId> coupons) {
        return sql.issuedTo(users, coupons);
    }

    @Override
    public Map<CouponForUser, UserCouponId> issue(List<CouponForUser> requests, Instant now) {
        List<Issue> issues = requests.stream()
                .map(request -> new Issue(request.coupon(), request.user(), now))
                .toList();
        List<Optional<UserCouponId>> ids = inserts.idsOfEach(CouponSql.ISSUE, issues, UserCouponId::new);
        Map<CouponForUser, UserCouponId> issued = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            CouponForUser request = requests.get(i);
            ids.get(i).ifPresent(id -> issued.put(request, id));
        }
        return issued;
    }

    /** A row to be inserted. */
    public record Issue(CouponId coupon, UserId user, Instant now) {}

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
        if (!used.isEmpty()) {
            UpdateCounts.each(sql.use(used), "user_coupons");
        }
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
