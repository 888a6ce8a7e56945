package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderQuery.Sort;
import io.github.embeddedcommerce.order.OrderQuery.Step;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.store.OrderPlace;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The select of a list of orders, so that an index has its rows in their order: that of one user and status, of one
 * status, of the time of payment, of a reference or of a product. Several statuses are several selects, a page of each,
 * merged. Each is ordered by all columns of its index, those that are the same in every row included, for H2 to see
 * that it fits; what the index does not know is counted order by order, for PostgreSQL not to join it from the other
 * end. Each of several has the limit among its conditions, too: H2 (2.5) takes the rows of a part of a union from the
 * time before if what stands in front of its limit has the same values.
 */
final class OrderListSql {
    private final OrderQuery query;
    private final @Nullable OrderPlace after;
    private final int limit;
    private final List<Object> parameters = new ArrayList<>();

    OrderListSql(OrderQuery query, @Nullable OrderPlace after, int limit) {
        this.query = query;
        this.after = after;
        this.limit = limit;
    }

    /** What its places stand for, once the text has been made. */
    Object[] parameters() {
        return parameters.toArray();
    }

    /** The orders of the page as {@code o} and their lines as {@code l}, behind what is selected of them. */
    String text(String columns) {
        String page = query.isByNumber()
                ? "(" + byNumber() + ") p join <commerce>orders o on o.id = p.order_id"
                : "(" + byTime() + ") o";
        String order = query.isByNumber() ? "" : "o." + time() + direction() + ", ";
        return columns + " from " + page + " join <commerce>order_lines l on l.order_id = o.id order by " + order
                + "o.id" + direction() + ", l.number";
    }

    private String byTime() {
        UserId user = query.about().user();
        if (query.period().step() == Step.PAID) {
            return select(user, null);
        }
        if (query.statuses().size() == 1) {
            return select(user, query.statuses().iterator().next());
        }
        List<String> parts = new ArrayList<>();
        query.statuses().forEach(status -> parts.add("(" + select(user, status) + ")"));
        parameters.add(limit);
        return "select * from (" + String.join(" union all ", parts) + ") u order by placed_at" + direction() + ", id"
                + direction() + " fetch first ? rows only";
    }

    /** @param status the one whose piece of the index is read; null if the index does not know the status */
    private String select(@Nullable UserId user, @Nullable OrderStatus status) {
        StringBuilder where = new StringBuilder();
        StringBuilder order = new StringBuilder();
        if (user != null) {
            add(where, "s.user_id = ?", user);
            order.append("user_id").append(direction()).append(", ");
        }
        if (status != null) {
            add(where, "s.status = ?", status);
            order.append("status").append(direction()).append(", ");
        } else {
            hasStatus(where);
        }
        within("s." + time(), query.period().range(), where);
        if (after != null) {
            boolean down = query.sort() == Sort.NEWEST_FIRST;
            add(where, "s." + time() + (down ? " <= ?" : " >= ?"), after.at());
            add(where, "(s." + time() + (down ? " < ?" : " > ?"), after.at());
            where.append(" or s.id").append(down ? " < ?" : " > ?").append(')');
            parameters.add(after.number());
        }
        hasProduct(where);
        if (query.statuses().size() > 1 && status != null) {
            add(where, "? > 0", limit);
        }
        parameters.add(limit);
        if (status == null) {
            order.setLength(0); // the index by time of payment has the time alone
        }
        return "select s.* from <commerce>orders s where " + where + " order by " + order + time() + direction()
                + ", id" + direction() + " fetch first ? rows only";
    }

    private void hasStatus(StringBuilder where) {
        if (query.statuses().size() < OrderStatus.values().length) {
            add(where, "s.status in (?)", query.statuses());
        }
    }

    private void hasProduct(StringBuilder where) {
        ProductId product = query.about().product();
        if (product != null) {
            add(
                    where,
                    "(select count(*) from <commerce>order_lines h where h.order_id = s.id and h.product_id = ?) > 0",
                    product);
        }
    }

    private String byNumber() {
        StringBuilder where = new StringBuilder();
        String reference = query.about().reference();
        if (reference != null) {
            add(where, "r.reference = ?", reference);
        } else {
            add(where, "r.product_id = ?", Objects.requireNonNull(query.about().product()));
        }
        if (after != null) {
            add(where, "r.order_id" + (query.sort() == Sort.NEWEST_FIRST ? " < ?" : " > ?"), after.number());
        }
        if (reference == null) {
            where.append(" and (select count(*) from <commerce>order_lines e where e.order_id = r.order_id"
                    + " and e.product_id = r.product_id and e.number < r.number) = 0");
        }
        fits(reference != null, where);
        parameters.add(limit);
        return reference != null
                ? "select r.order_id from <commerce>order_labels r where " + where + " order by reference" + direction()
                        + ", order_id" + direction() + " fetch first ? rows only"
                : "select r.order_id from <commerce>order_lines r <index order_lines_by_product> where " + where
                        + " order by product_id" + direction() + ", order_id" + direction() + ", number" + direction()
                        + " fetch first ? rows only";
    }

    /** What the index by reference or product does not know of an order. */
    private void fits(boolean byReference, StringBuilder where) {
        StringBuilder more = new StringBuilder();
        UserId user = query.about().user();
        if (user != null) {
            add(more, "s.user_id = ?", user);
        }
        hasStatus(more);
        if (!query.period().isAll()) {
            within("s." + time(), query.period().range(), more);
        }
        if (byReference) {
            hasProduct(more);
        }
        if (!more.isEmpty()) {
            where.append(" and (select count(*) from <commerce>orders s where s.id = r.order_id and ")
                    .append(more)
                    .append(") > 0");
        }
    }

    /**
     * A time of payment is asked for also where any will do: orders that were not paid have none, and an index is not
     * to be read through those.
     */
    private void within(String time, TimeRange range, StringBuilder where) {
        Instant from = range.from() == null && query.period().step() == Step.PAID ? Instant.EPOCH : range.from();
        if (from != null) {
            add(where, time + " >= ?", from);
        }
        if (range.to() != null) {
            add(where, time + " < ?", range.to());
        }
    }

    private void add(StringBuilder where, String condition, Object parameter) {
        where.append(where.isEmpty() ? "" : " and ").append(condition);
        parameters.add(parameter);
    }

    private String time() {
        return query.period().step() == Step.PAID ? "paid_at" : "placed_at";
    }

    private String direction() {
        return query.sort() == Sort.NEWEST_FIRST ? " desc" : "";
    }
}
