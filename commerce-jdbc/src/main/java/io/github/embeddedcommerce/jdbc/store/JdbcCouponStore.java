package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static io.github.embeddedcommerce.transaction.LockOrder.COUPON;
import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponCounts;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.CouponTerms;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.IssueLimit;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.coupon.Validity;
import io.github.embeddedcommerce.jdbc.store.SqlSession.Query;
import io.github.embeddedcommerce.store.CouponForUser;
import io.github.embeddedcommerce.store.CouponStore;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Coupons in SQL. A coupon without a limit has no total, and its count stays 0. */
final class JdbcCouponStore implements CouponStore {
    private static final String COUPON_COLUMNS = """
            c.id, c.name, c.rate, c.fixed_discount, c.maximum_discount, c.minimum_total, c.valid_from, c.expires_at,
            c.total, c.issued, c.created_at""";

    private static final String FIND =
            "select " + COUPON_COLUMNS + " from <commerce>coupons c where c.id in (?) order by c.id";

    /**
     * The row of a coupon without a limit is not looked at, let alone locked: all who want one would wait for each
     * other. What the subquery looks at is not locked.
     */
    private static final String LOCK_LIMITED = "select " + COUPON_COLUMNS + """

            from <commerce>coupons c
            where c.id = (select case when l.total is not null then l.id end from <commerce>coupons l where l.id = ?)
            for update
            """;

    private static final String ISSUED = "select " + COUPON_COLUMNS + """
            , u.id, u.user_id, u.issued_at, u.order_id, u.used_at
            from <commerce>user_coupons u join <commerce>coupons c on c.id = u.coupon_id
            """;

    private static final String ISSUED_TO = """
            select user_id, coupon_id, id from <commerce>user_coupons
            where user_id in (?) and coupon_id in (?)
            """;

    private static final String ISSUED_ONCE =
            "select user_id, coupon_id, id from <commerce>user_coupons where coupon_id = ? and user_id = ?";

    private final SqlSession session;
    private final RowLocks locks;

    JdbcCouponStore(SqlSession session, RowLocks locks) {
        this.session = session;
        this.locks = locks;
    }

    @Override
    public CouponId insert(NewCoupon coupon, Instant createdAt) {
        CouponTerms terms = coupon.terms();
        Object[] row = {
            terms.name(),
            terms.discount().percent(),
            terms.discount().fixed(),
            terms.discount().maximum(),
            terms.minimumTotal(),
            terms.validity().from(),
            terms.validity().expiresAt(),
            coupon.total(),
            createdAt
        };
        return session.insert("""
                        insert into <commerce>coupons
                          (name, rate, fixed_discount, maximum_discount, minimum_total, valid_from, expires_at, total,
                           created_at, issued)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                        """, List.<@Nullable Object[]>of(row))
                .get(0)
                .map(CouponId::new)
                .orElseThrow();
    }

    @Override
    public Map<CouponId, Coupon> find(Set<CouponId> ids) {
        return byId(session.query(this::coupon, FIND, ids));
    }

    /** The counts are looked up coupon by coupon, in the unique key that begins with it. */
    @Override
    public List<CouponCounts> counts(long below, int limit) {
        return session.query(
                row -> new CouponCounts(coupon(row), row.getLong(12), row.getLong(13)),
                "select " + COUPON_COLUMNS + """
                ,
                  case when c.total is null
                    then (select count(*) from <commerce>user_coupons i where i.coupon_id = c.id) else c.issued end,
                  (select count(u.order_id) from <commerce>user_coupons u where u.coupon_id = c.id)
                from <commerce>coupons c
                where c.id < ?
                order by c.id desc
                fetch first ? rows only
                """,
                below,
                limit);
    }

    @Override
    @SuppressWarnings("unchecked") // each select has its mapper
    public LockedForIssue lockForIssue(Set<CouponForUser> requests) {
        Set<UserId> users = requests.stream().map(CouponForUser::user).collect(toSet());
        Set<CouponId> inOrder =
                requests.stream().map(CouponForUser::coupon).collect(Collectors.toCollection(TreeSet::new));
        List<Query<?>> queries = new ArrayList<>();
        queries.add(new Query<>(
                row -> new UserId(row.getString(1)),
                "select id from <commerce>users where id in (?) order by id for update",
                users));
        List<Query<?>> issued = issuedTo(requests);
        queries.addAll(issued);
        queries.add(new Query<>(this::coupon, FIND, inOrder));
        queries.addAll(lockLimited(inOrder));
        List<List<?>> results =
                locks.take(USER, users, () -> locks.take(COUPON, inOrder, () -> session.queryAll(queries)));
        int coupons = 1 + issued.size();
        Map<CouponId, Coupon> found = new HashMap<>();
        results.subList(coupons, results.size()).forEach(some -> found.putAll(byId((List<Coupon>) some)));
        return new LockedForIssue(Set.copyOf((List<UserId>) results.get(0)), ids(results.subList(1, coupons)), found);
    }

    /**
     * What finds those that were issued, by the unique key. H2 would read all that were issued of the coupon for a list
     * of users, and has nothing to save by asking for all at once.
     */
    private List<Query<?>> issuedTo(Set<CouponForUser> requests) {
        if (session.isEmbedded()) {
            return requests.stream()
                    .<Query<?>>map(request -> new Query<>(this::issue, ISSUED_ONCE, request.coupon(), request.user()))
                    .toList();
        }
        return List.of(new Query<>(
                this::issue,
                ISSUED_TO,
                requests.stream().map(CouponForUser::user).distinct().toList(),
                requests.stream().map(CouponForUser::coupon).distinct().toList()));
    }

    @SuppressWarnings("unchecked") // each select has its mapper
    private static Map<CouponForUser, UserCouponId> ids(List<List<?>> issued) {
        return issued.stream().flatMap(some -> ((List<Issue>) some).stream()).collect(toMap(Issue::request, Issue::id));
    }

    @Override
    @SuppressWarnings("unchecked") // each select has its mapper
    public Map<CouponId, Coupon> lockLimited(Collection<CouponId> ids) {
        Set<CouponId> inOrder = new TreeSet<>(ids);
        List<List<?>> results = locks.take(COUPON, inOrder, () -> session.queryAll(lockLimited(inOrder)));
        Map<CouponId, Coupon> locked = new HashMap<>();
        results.forEach(some -> locked.putAll(byId((List<Coupon>) some)));
        return locked;
    }

    private List<Query<?>> lockLimited(Set<CouponId> inOrder) {
        return inOrder.stream()
                .<Query<?>>map(coupon -> new Query<>(this::coupon, LOCK_LIMITED, coupon))
                .toList();
    }

    @Override
    public void write(List<Coupon> coupons) {
        session.updateLater(
                "coupons",
                "update <commerce>coupons set total = ?, issued = ? where id = ? and total is not null",
                rows(coupons, coupon -> {
                    IssueLimit limit = Objects.requireNonNull(coupon.limit());
                    return new Object[] {limit.total(), limit.issued(), coupon.id()};
                }));
    }

    /** Nobody else can issue these users a coupon meanwhile, so the ids that are read are those just inserted. */
    @Override
    public Map<CouponForUser, UserCouponId> issue(Map<CouponForUser, Instant> times) {
        Set<CouponForUser> requests = times.keySet();
        session.insertLater(
                "insert into <commerce>user_coupons (coupon_id, user_id, issued_at) values (?, ?, ?)",
                rows(times.entrySet(), issue ->
                        new Object[] {issue.getKey().coupon(), issue.getKey().user(), issue.getValue()}));
        Map<CouponForUser, UserCouponId> ids = ids(session.queryAll(issuedTo(requests)));
        ids.keySet().retainAll(requests);
        return ids;
    }

    /** That a user was issued a coupon. */
    private record Issue(CouponForUser request, UserCouponId id) {}

    private Issue issue(ResultSet row) throws SQLException {
        return new Issue(
                new CouponForUser(new UserId(row.getString(1)), new CouponId(row.getLong(2))),
                new UserCouponId(row.getLong(3)));
    }

    @Override
    public Map<UserCouponId, UserCoupon> issued(Collection<UserCouponId> ids) {
        return session.query(this::userCoupon, ISSUED + "where u.id in (?)", ids).stream()
                .collect(toMap(UserCoupon::id, Function.identity()));
    }

    @Override
    public List<UserCoupon> neverUsed(UserId user) {
        return session.query(this::userCoupon, ISSUED + """
                where u.user_id = ?
                  and not exists (select 1 from <commerce>orders o where o.user_id = ? and o.user_coupon_id = u.id)
                order by u.id
                """, user, user);
    }

    @Override
    public void remove(List<UserCoupon> neverUsed) {
        session.updateLater(
                "user_coupons",
                "delete from <commerce>user_coupons where id = ? and order_id is null",
                rows(neverUsed, coupon -> new Object[] {coupon.id()}));
    }

    @Override
    public void use(List<UserCoupon> used) {
        session.updateLater(
                "user_coupons",
                "update <commerce>user_coupons set order_id = ?, used_at = ? where id = ? and order_id is null",
                rows(used, coupon -> {
                    UserCoupon.Use use = Objects.requireNonNull(coupon.use());
                    return new Object[] {use.order(), use.at(), coupon.id()};
                }));
    }

    @Override
    public void giveBack(Set<UserCouponId> ids) {
        session.updateLater("user_coupons", """
                update <commerce>user_coupons set order_id = null, used_at = null
                where id = ? and order_id is not null
                """, rows(ids, id -> new Object[] {id}));
    }

    @Override
    public List<UserCoupon> list(UserId user, Set<CouponStatus> statuses, Instant now, long below, int limit) {
        return session.query(this::userCoupon, ISSUED + """
                where u.user_id = ? and u.id < ?
                  and case when u.order_id is not null then 'USED' when c.expires_at <= ? then 'EXPIRED'
                    else 'AVAILABLE' end in (?)
                order by u.user_id desc, u.id desc
                fetch first ? rows only
                """, user, below, now, statuses, limit);
    }

    private static Map<CouponId, Coupon> byId(List<Coupon> coupons) {
        return coupons.stream().collect(toMap(Coupon::id, Function.identity()));
    }

    private Coupon coupon(ResultSet row) throws SQLException {
        RowReader columns = session.rows();
        DiscountRule discount = new DiscountRule(row.getBigDecimal(3), moneyOrNull(row, 4), moneyOrNull(row, 5));
        CouponTerms terms = new CouponTerms(
                row.getString(2),
                discount,
                new Validity(columns.instantOrNull(row, 7), columns.instant(row, 8)),
                moneyOrNull(row, 6));
        Long total = RowReader.longOrNull(row, 9);
        IssueLimit limit = total == null ? null : new IssueLimit(total, row.getLong(10));
        return new Coupon(new CouponId(row.getLong(1)), terms, limit, columns.instant(row, 11));
    }

    private @Nullable Money moneyOrNull(ResultSet row, int column) throws SQLException {
        Long minor = RowReader.longOrNull(row, column);
        return minor == null ? null : Money.ofMinor(session.rows().currency(), minor);
    }

    private UserCoupon userCoupon(ResultSet row) throws SQLException {
        Long order = RowReader.longOrNull(row, 15);
        return new UserCoupon(
                new UserCouponId(row.getLong(12)),
                new UserId(row.getString(13)),
                coupon(row),
                session.rows().instant(row, 14),
                order == null ? null : new UserCoupon.Use(order, session.rows().instant(row, 16)));
    }
}
