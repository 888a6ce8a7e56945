package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.store.AuditSubject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For each invariant, the query for the rows that break it. Orders that were paid are those with a paid_at.
 * {@code <chunk column>} stands where a table is restricted to a chunk, by a column with the keys of its subject.
 */
public final class AuditSql {
    private static final Pattern CHUNK = Pattern.compile("<chunk ([\\w.]+)>");

    private static final Pattern PART_OF_TABLE =
            Pattern.compile("\\(select \\* from (<commerce>\\w+) where <chunk \\w+>\\)");

    private static final Map<Invariant, AuditSubject> SUBJECTS = subjects();

    private AuditSql() {}

    /** What the chunks are of in which this invariant is checked. */
    static AuditSubject subject(Invariant invariant) {
        return Objects.requireNonNull(SUBJECTS.get(invariant));
    }

    /** The same where only what has changed is checked. */
    static AuditSubject subjectOfChanged(Invariant invariant) {
        return switch (invariant) {
            case PAYMENTS_MATCH_ORDERS, FIGURES_EQUAL_LEDGER -> AuditSubject.ORDERS;
            default -> subject(invariant);
        };
    }

    /** The query restricted to a chunk by this condition on a column. */
    static String restricted(String sql, UnaryOperator<String> condition) {
        return CHUNK.matcher(sql).replaceAll(column -> Matcher.quoteReplacement(condition.apply(column.group(1))));
    }

    /** The query that reads only what is later than the mark, where that tells. */
    static String ofChanged(Invariant invariant) {
        return switch (invariant) {
            case BALANCE_EXPLAINED -> BalanceAuditSql.EXPLAINED_BY_LAST;
            case BALANCE_CHAIN_UNBROKEN -> BalanceAuditSql.CHAIN_UNBROKEN_SINCE;
            case PAYMENTS_MATCH_ORDERS -> BalanceAuditSql.PAYMENTS_MATCH_THESE_ORDERS;
            case FIGURES_EQUAL_LEDGER -> BalanceAuditSql.FIGURES_EQUAL_ORDERS;
            default -> of(invariant);
        };
    }

    /** The query for all rows at once: those with a key, as all chunks together have them, of whole tables. */
    public static String ofAll(Invariant invariant) {
        String wholeTables = PART_OF_TABLE.matcher(of(invariant)).replaceAll("$1");
        return restricted(wholeTables, column -> column + " is not null");
    }

    static String of(Invariant invariant) {
        return switch (invariant) {
            case STOCK_WITHIN_BOUNDS -> StockAuditSql.WITHIN_BOUNDS;
            case STOCK_TIMES_FIT_CHANGES -> StockAuditSql.TIMES_FIT_CHANGES;
            case STOCK_ON_HAND_EXPLAINED -> StockAuditSql.ON_HAND_EXPLAINED;
            case STOCK_RESERVED_EXPLAINED -> StockAuditSql.RESERVED_EXPLAINED;
            case BALANCE_EXPLAINED -> BalanceAuditSql.EXPLAINED;
            case BALANCE_CHAIN_UNBROKEN -> BalanceAuditSql.CHAIN_UNBROKEN;
            case PAYMENTS_MATCH_ORDERS -> BalanceAuditSql.PAYMENTS_MATCH_ORDERS;
            case OUTSIDE_PAYMENTS_MATCH_ORDERS -> PaymentAuditSql.PAYMENTS_MATCH_ORDERS;
            case OUTSIDE_REFUNDS_MATCH_PAYMENTS -> PaymentAuditSql.REFUNDS_MATCH_PAYMENTS;
            case ORDER_ADDS_UP -> OrderAuditSql.ADDS_UP;
            case RETURNS_MATCH_LINES -> ReturnAuditSql.MATCH_LINES;
            case RETURNS_REFUND_SHARES -> ReturnAuditSql.REFUND_SHARES;
            case RETURNED_STOCK_EXPLAINED -> StockAuditSql.RETURNS_EXPLAINED;
            case COUPONS_COUNTED -> CouponAuditSql.COUNTED;
            case COUPONS_USED_ONCE -> CouponAuditSql.USED_ONCE;
            case DISCOUNTS_FOLLOW_TERMS -> CouponAuditSql.DISCOUNTS_FOLLOW_TERMS;
            case ORDER_TIMES_FIT_STATUS -> OrderAuditSql.TIMES_FIT_STATUS;
            case EVENTS_MATCH_ORDERS -> OrderAuditSql.EVENTS_MATCH;
            case EVENTS_IN_ORDER -> OrderAuditSql.EVENTS_IN_ORDER;
            case FIGURES_EQUAL_LEDGER -> BalanceAuditSql.FIGURES_EQUAL_LEDGER;
            case CART_QUANTITIES_WITHIN_BOUNDS -> """
                    select id as cart_item_id, user_id, option_id, quantity from <commerce>cart_items
                    where <chunk user_id> and (quantity < 1 or quantity > 1000000)
                    """;
            case KEYS_HAVE_OUTCOMES -> """
                    select k.id, k.owner, k.idempotency_key, k.use_case, k.result_id, k.result_value
                    from <commerce>idempotency_keys k
                    left join <commerce>orders o
                      on o.id = k.result_id and o.user_id = k.owner and k.use_case like 'orders.%'
                    left join <commerce>balance_changes c
                      on c.user_id = k.owner and c.number = k.result_id and c.changed_at = k.used_at
                        and k.use_case like 'users.%'
                    left join <commerce>returns b
                      on b.id = k.result_id and b.order_id = k.result_value and b.returned_at = k.used_at
                        and k.use_case = 'orders.giveBack'
                    left join <commerce>payments p
                      on p.id = k.result_id and p.user_id = k.owner and k.use_case = 'payments.begin'
                    where <chunk k.id> and (k.result_id is null
                      or (k.use_case = 'orders.giveBack' and b.id is null)
                      or (k.use_case <> 'orders.place' and k.result_value is null)
                      or (k.use_case in ('users.topUp', 'users.adjust') and c.balance_after <> k.result_value)
                      or (k.use_case in ('orders.place', 'orders.pay', 'orders.cancel') and o.id is null)
                      or (k.use_case = 'orders.pay' and o.paid_at is null)
                      or (k.use_case = 'payments.begin' and (p.id is null or p.begun_at <> k.used_at))
                      or (k.use_case = 'orders.cancel' and (o.status <> 'CANCELLED' or o.closed_at <> k.used_at)))
                    """;
            case OPTIONS_COUNTED -> """
                    select p.id as product_id, p.option_count, coalesce(o.options, 0) as options
                    from <commerce>products p
                    left join (
                      select product_id, count(*) as options
                      from <commerce>product_options where <chunk product_id> group by product_id) o on o.product_id = p.id
                    where <chunk p.id> and (p.option_count <> coalesce(o.options, 0) or p.option_count > 200)
                    """;
            case POPULARITY_RANKED -> """
                    select p.for_day, p.position, p.product_id, p.quantity, p.last_paid_at
                    from <commerce>popular_products p
                    join <commerce>popular_snapshots s on s.for_day = p.for_day
                    left join <commerce>popular_products b on b.for_day = p.for_day and b.position = p.position - 1
                    where <chunk p.for_day> and (p.position < 1 or p.position > s.places
                      or p.last_paid_at < s.sold_since or p.last_paid_at >= s.created_at
                      or (p.position > 1 and (b.position is null or b.quantity < p.quantity
                        or (b.quantity = p.quantity and (b.last_paid_at < p.last_paid_at
                          or (b.last_paid_at = p.last_paid_at and b.product_id >= p.product_id))))))
                    """;
        };
    }

    private static Map<Invariant, AuditSubject> subjects() {
        Map<Invariant, AuditSubject> subjects = new EnumMap<>(Invariant.class);
        for (AuditSubject subject : AuditSubject.values()) {
            subject.invariants().forEach(invariant -> subjects.put(invariant, subject));
        }
        return subjects;
    }
}
