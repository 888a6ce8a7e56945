package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.store.AuditSubject;

/**
 * The queries for the keys of what has changed since an audit: by the indexes that the shop has for its work, so that
 * no write pays for the audit. What is open can change without a trace of the time, and is taken whole: it is little.
 */
final class ChangedSql {
    /** Each of these by an index: a list of statuses is not enough for H2 to read a range of times. */
    private static final String ORDERS = """
            select id from <commerce>orders where status = 'PENDING'
            union select id from <commerce>orders where status = 'PAID' and placed_at >= :since
            union select id from <commerce>orders where status = 'CANCELLED' and placed_at >= :since
            union select id from <commerce>orders where status = 'EXPIRED' and placed_at >= :since
            union select id from <commerce>orders where paid_at >= :since
            union select id from <commerce>orders where closed_at >= :since and closed_at is not null
            union select order_id from <commerce>returns where returned_at >= :since
            union select order_id from <commerce>payments where state = 'BEGUN'
            union select order_id from <commerce>payments where state = 'UNAPPLIED'
            union select order_id from <commerce>payments where state = 'FAILED' and decided_at >= :since
            union select order_id from <commerce>payments where state = 'CLOSED' and decided_at >= :since
            union select order_id from <commerce>refunds where state = 'DUE'
            union select order_id from <commerce>refunds where state = 'SETTLED' and settled_at >= :since
            union select order_id from <commerce>order_events where status = 'WAITING' and status_at >= :since
            union select order_id from <commerce>order_events where status = 'DELIVERED' and status_at >= :since
            union select order_id from <commerce>order_events where status = 'DEAD' and status_at >= :since
            union select order_id from <commerce>order_events where status = 'DISCARDED' and status_at >= :since
            union select order_id from <commerce>balance_changes where changed_at >= :since and order_id is not null
            """;

    private ChangedSql() {}

    /** Of users, products and stock, those that have changed by themselves; {@link #ofOrders} has the others. */
    static String keys(AuditSubject subject) {
        return switch (subject) {
            case ORDERS -> ORDERS;
            case USERS -> "select distinct user_id from <commerce>balance_changes where changed_at >= :since";
            case PRODUCTS -> """
                    select o.product_id
                    from <commerce>stock_changes c join <commerce>product_options o on o.id = c.option_id
                    where c.id > :stock_change
                    union select id from <commerce>products where on_sale = true and registered_at >= :since
                    union select id from <commerce>products where on_sale = false and registered_at >= :since
                    """;
            case STOCK -> "select distinct option_id from <commerce>stock_changes where id > :stock_change";
            case COUPONS -> "select distinct coupon_id from <commerce>user_coupons where id > :user_coupon";
            case CARTS -> "select user_id from <commerce>carts where touched_at >= :since";
            case IDEMPOTENCY_KEYS -> "select id from <commerce>idempotency_keys where used_at >= :since";
            case SNAPSHOTS -> "select for_day from <commerce>popular_snapshots" /* one a day: all of them */;
        };
    }

    /** Those that these orders concern. */
    static String ofOrders(AuditSubject subject) {
        return switch (subject) {
            case USERS -> "select distinct user_id from <commerce>orders where id in (?)";
            case PRODUCTS -> "select distinct product_id from <commerce>order_lines where order_id in (?)";
            case STOCK -> "select distinct option_id from <commerce>order_lines where order_id in (?)";
            default -> throw new IllegalArgumentException(subject.name());
        };
    }

    /** The last of these that is older than a time: read backwards from the end, so that little is read. */
    static String lastOlderThan(String table, String time) {
        return "select id from <commerce>" + table + " where " + time
                + " < :since order by id desc fetch first 1 rows only";
    }
}
