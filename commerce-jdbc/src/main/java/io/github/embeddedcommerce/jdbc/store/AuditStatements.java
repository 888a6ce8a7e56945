package io.github.embeddedcommerce.jdbc.store;

import static java.util.stream.Collectors.toCollection;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.store.AuditChunk;
import io.github.embeddedcommerce.store.AuditSubject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The statements of an audit, made once. Values are {@code :after} and {@code :last}, the bounds of a range, or
 * {@code :keys}; {@code :since}, {@code :stock_change} and {@code :user_coupon} of a mark; and {@code :most}.
 */
final class AuditStatements {
    private static final Pattern TABLE = Pattern.compile("<commerce>(\\w+)");

    private static final Map<AuditSubject, NamedSql> FIRST = each(AuditSubject.class, subject -> keys(subject, ""));

    private static final Map<AuditSubject, NamedSql> NEXT =
            each(AuditSubject.class, subject -> keys(subject, "where <key> > :after"));

    private static final Map<AuditSubject, NamedSql> CHANGED =
            each(AuditSubject.class, subject -> ChangedSql.keys(subject) + " fetch first :most rows only");

    private static final Map<Invariant, NamedSql> OF_ALL =
            each(Invariant.class, invariant -> once(AuditSql.ofAll(invariant)));

    private static final Map<Invariant, NamedSql> OF_FIRST = ofRange("<column> <= :last");

    private static final Map<Invariant, NamedSql> OF_MIDDLE = ofRange("(<column> > :after and <column> <= :last)");

    private static final Map<Invariant, NamedSql> OF_LAST = ofRange("<column> > :after");

    private static final Map<Invariant, NamedSql> OF_KEYS =
            each(Invariant.class, invariant -> once(ofKeys(AuditSql.of(invariant))));

    private static final Map<Invariant, NamedSql> OF_CHANGED =
            each(Invariant.class, invariant -> once(ofKeys(AuditSql.ofChanged(invariant))));

    static final NamedSql MAY_BE_FOLDED = new NamedSql(ofKeys(BalanceAuditSql.MAY_BE_FOLDED));

    static final NamedSql NOT_ALL_KEPT = new NamedSql(ofKeys(BalanceAuditSql.NOT_ALL_KEPT));

    static final NamedSql UNITS_OF_MARK = new NamedSql(StockAuditSql.UNITS_OF_MARK);

    static final NamedSql STOCK_CHANGE_OF_MARK = new NamedSql(ChangedSql.lastOlderThan("stock_changes", "changed_at"));

    static final NamedSql USER_COUPON_OF_MARK = new NamedSql(ChangedSql.lastOlderThan("user_coupons", "issued_at"));

    /** The tables that the statements join. */
    static final Set<String> TABLES = tables();

    private AuditStatements() {}

    /** The next keys, in their order. */
    static NamedSql nextOf(AuditSubject subject, boolean first) {
        return Objects.requireNonNull((first ? FIRST : NEXT).get(subject));
    }

    /** The keys of those that have changed. */
    static NamedSql changed(AuditSubject subject) {
        return Objects.requireNonNull(CHANGED.get(subject));
    }

    /** The rows that break an invariant within a range of keys, which may be open at either end. */
    static NamedSql ofRange(Invariant invariant, AuditChunk.Range range) {
        if (range.after() == null) {
            return Objects.requireNonNull((range.last() == null ? OF_ALL : OF_FIRST).get(invariant));
        }
        return Objects.requireNonNull((range.last() == null ? OF_LAST : OF_MIDDLE).get(invariant));
    }

    /** The same with these keys. */
    static NamedSql ofKeys(Invariant invariant) {
        return Objects.requireNonNull(OF_KEYS.get(invariant));
    }

    /** The same with these keys, trusting what is older than a mark. */
    static NamedSql ofChanged(Invariant invariant) {
        return Objects.requireNonNull(OF_CHANGED.get(invariant));
    }

    private static Set<String> tables() {
        return Stream.of(OF_ALL, OF_CHANGED)
                .flatMap(statements -> statements.values().stream())
                .flatMap(statement -> TABLE.matcher(statement.text()).results())
                .map(table -> table.group(1))
                .collect(toCollection(TreeSet::new));
    }

    /** What many rows are compared with is added up once. */
    private static String once(String sql) {
        return "<aggregated once>" + sql;
    }

    private static String ofKeys(String sql) {
        return AuditSql.restricted(sql, column -> column + " in (:keys)");
    }

    private static Map<Invariant, NamedSql> ofRange(String condition) {
        return each(
                Invariant.class,
                invariant -> once(
                        AuditSql.restricted(AuditSql.of(invariant), column -> condition.replace("<column>", column))));
    }

    private static String keys(AuditSubject subject, String after) {
        return switch (subject) {
            case ORDERS -> keys("orders", "id", after);
            case USERS -> keys("users", "id", after);
            case PRODUCTS -> keys("products", "id", after);
            case STOCK -> keys("stock", "option_id", after);
            case COUPONS -> keys("coupons", "id", after);
            case CARTS -> keys("carts", "user_id", after);
            case IDEMPOTENCY_KEYS -> keys("idempotency_keys", "id", after);
            case SNAPSHOTS -> keys("popular_snapshots", "for_day", after);
        };
    }

    private static String keys(String table, String key, String after) {
        return "select <key> from <commerce><table> <after> order by <key> fetch first :most rows only"
                .replace("<after>", after)
                .replace("<table>", table)
                .replace("<key>", key);
    }

    private static <K extends Enum<K>> Map<K, NamedSql> each(Class<K> type, Function<K, String> sql) {
        Map<K, NamedSql> statements = new EnumMap<>(type);
        for (K constant : type.getEnumConstants()) {
            statements.put(constant, new NamedSql(sql.apply(constant)));
        }
        return statements;
    }
}
