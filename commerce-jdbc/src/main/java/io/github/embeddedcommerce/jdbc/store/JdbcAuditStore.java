package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.store.AuditChunk;
import io.github.embeddedcommerce.store.AuditMark;
import io.github.embeddedcommerce.store.AuditStore;
import io.github.embeddedcommerce.store.AuditSubject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The invariants in SQL: each is one query for the rows of a chunk that break it. */
final class JdbcAuditStore implements AuditStore {
    private static final int LEAST_PLACES = 32;

    private final SqlSession session;

    /** What stands behind each statement that joins; null before the first. */
    private @Nullable String joined;

    JdbcAuditStore(SqlSession session) {
        this.session = session;
    }

    @Override
    public AuditChunk.Range next(AuditSubject subject, @Nullable String after, int size) {
        Map<String, Object> values = new HashMap<>(Map.of("most", size));
        if (after != null) {
            values.put("after", subject.key(after));
        }
        List<String> keys = query(AuditStatements.nextOf(subject, after == null), values, row -> key(subject, row));
        return new AuditChunk.Range(after, keys.size() < size ? null : keys.get(size - 1), keys.size());
    }

    @Override
    public List<String> changed(AuditSubject subject, AuditMark since, int most) {
        Map<String, Object> values = valuesOf(since);
        values.put("most", most);
        return queryJoined(AuditStatements.changed(subject), values, row -> key(subject, row));
    }

    /** By their ids, for no planner to think it better to read all orders there are. */
    @Override
    public List<String> ofOrders(AuditSubject subject, List<String> orders) {
        return orders.isEmpty()
                ? List.of()
                : session.queryInParts(
                        row -> row.getString(1), ChangedSql.ofOrders(subject), values(AuditSubject.ORDERS, orders));
    }

    @Override
    public List<String> mayBeFolded(AuditChunk.Changed orders) {
        Map<String, Object> keys = Map.of("keys", values(AuditSubject.ORDERS, orders.keys()));
        return queryJoined(AuditStatements.MAY_BE_FOLDED, keys, row -> row.getString(1));
    }

    @Override
    public List<Violation> violations(Invariant invariant, AuditChunk chunk, int limit) {
        if (chunk instanceof AuditChunk.Changed changed) {
            Map<String, Object> values = valuesOf(changed.since());
            values.put("keys", values(AuditSql.subjectOfChanged(invariant), changed.keys()));
            return violations(invariant, AuditStatements.ofChanged(invariant), values, limit);
        }
        List<Violation> violations = ofAny(invariant, chunk, limit);
        return invariant == Invariant.PAYMENTS_MATCH_ORDERS ? withOrders(violations, limit) : violations;
    }

    /** With the orders that a difference of a user may come from. */
    private List<Violation> withOrders(List<Violation> violations, int limit) {
        List<String> users = violations.stream()
                .map(Violation::row)
                .filter(row -> "null".equals(row.get("order_id")))
                .map(row -> Objects.requireNonNull(row.get("user_id")))
                .toList();
        if (users.isEmpty() || violations.size() == limit) {
            return violations;
        }
        Map<String, Object> keys = Map.of("keys", values(AuditSubject.USERS, users));
        List<Violation> all = new ArrayList<>(violations);
        all.addAll(violations(
                Invariant.PAYMENTS_MATCH_ORDERS, AuditStatements.NOT_ALL_KEPT, keys, limit - violations.size()));
        return all;
    }

    private List<Violation> ofAny(Invariant invariant, AuditChunk chunk, int limit) {
        AuditSubject subject = AuditSql.subject(invariant);
        if (chunk instanceof AuditChunk.Listed some) {
            Map<String, Object> keys = Map.of("keys", values(subject, some.keys()));
            return violations(invariant, AuditStatements.ofKeys(invariant), keys, limit);
        }
        AuditChunk.Range range = (AuditChunk.Range) chunk;
        Map<String, Object> bounds = new HashMap<>();
        Optional.ofNullable(range.after()).ifPresent(after -> bounds.put("after", subject.key(after)));
        Optional.ofNullable(range.last()).ifPresent(last -> bounds.put("last", subject.key(last)));
        return violations(invariant, AuditStatements.ofRange(invariant, range), bounds, limit);
    }

    private List<Violation> violations(Invariant invariant, NamedSql sql, Map<String, Object> values, int limit) {
        return session.queryFirst(
                limit, row -> new Violation(invariant, texts(row)), joining(sql), sql.parameters(values));
    }

    @Override
    public AuditMark mark(Instant at) {
        AuditMark units = new AuditMark(
                at,
                lastOlderThan(at, AuditStatements.STOCK_CHANGE_OF_MARK),
                lastOlderThan(at, AuditStatements.USER_COUPON_OF_MARK),
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO);
        return asOfNow(units);
    }

    private long lastOlderThan(Instant at, NamedSql sql) {
        List<Long> last = query(sql, Map.of("since", at), row -> row.getLong(1));
        return last.isEmpty() ? 0 : last.get(0);
    }

    @Override
    public AuditMark asOfNow(AuditMark mark) {
        return query(
                        AuditStatements.UNITS_OF_MARK,
                        valuesOf(mark),
                        row -> new AuditMark(
                                mark.at(),
                                mark.stockChange(),
                                mark.userCoupon(),
                                whole(row.getBigDecimal(1)),
                                whole(row.getBigDecimal(2)),
                                whole(row.getBigDecimal(3))))
                .get(0);
    }

    private static BigInteger whole(BigDecimal units) {
        return units.toBigIntegerExact();
    }

    private <T> List<T> query(NamedSql sql, Map<String, Object> values, SqlSession.RowMapper<T> mapper) {
        return session.query(mapper, sql.text(), sql.parameters(values));
    }

    private <T> List<T> queryJoined(NamedSql sql, Map<String, Object> values, SqlSession.RowMapper<T> mapper) {
        return session.query(mapper, joining(sql), sql.parameters(values));
    }

    /** The text of a statement that joins. */
    private String joining(NamedSql sql) {
        String mark = joined == null ? HashedJoins.switchOn(session, AuditStatements.TABLES) : joined;
        joined = mark;
        return sql.text() + mark;
    }

    /** At least so many places as a database need not plan a statement anew for: the last key fills them. */
    private static List<Object> values(AuditSubject subject, List<String> keys) {
        List<Object> values = new ArrayList<>(keys.stream().map(subject::key).toList());
        while (values.size() < LEAST_PLACES) {
            values.add(values.get(values.size() - 1));
        }
        return values;
    }

    /** The mark's times and ids, of which most statements need only one. */
    private static Map<String, Object> valuesOf(AuditMark mark) {
        Map<String, Object> values = new HashMap<>();
        values.put("since", mark.at());
        values.put("stock_change", mark.stockChange());
        values.put("user_coupon", mark.userCoupon());
        return values;
    }

    private static Map<String, String> texts(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, String> texts = new LinkedHashMap<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String name = columns.getColumnLabel(column).toLowerCase(Locale.ROOT);
            texts.put(name, String.valueOf(row.getObject(column)));
        }
        return texts;
    }

    /** A day is read as one: as a text, MariaDB has it with a time in Oracle's mode. */
    private static String key(AuditSubject subject, ResultSet row) throws SQLException {
        return Objects.requireNonNull(
                subject.isOfDays() ? row.getObject(1, LocalDate.class).toString() : row.getString(1));
    }
}
