package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's balance history in SQL. Its changes are numbered without a gap and none is earlier than the one before, so a
 * range of time is a range of numbers: the index by time finds where it begins and ends, and nothing in between is read
 * for it, however much it is.
 */
record BalanceHistorySql(SqlSession session, SqlSession.RowMapper<BalanceChange> change) {
    static final String CHANGE = """
            select user_id, number, balance_before, amount, code, note, reference, changed_at, part
            from <commerce>balance_changes
            """;

    private static final String FIRST_SINCE = """
            (select number from <commerce>balance_changes
              where user_id = ? and changed_at >= ?
              order by user_id, changed_at, number
              fetch first 1 rows only)""";

    /**
     * Numbers of changes.
     *
     * @param first the first
     * @param end the one behind the last
     */
    private record Numbers(long first, long end) {}

    List<BalanceChange> history(UserId user, BalanceQuery query, long before, int limit) {
        Numbers numbers =
                query.from() == null && query.to() == null ? new Numbers(1, Long.MAX_VALUE) : numbers(user, query);
        List<Object> parameters = new ArrayList<>(List.of(user, numbers.first, Math.min(before, numbers.end)));
        String filter = filter(query, parameters);
        parameters.add(limit);
        return session.query(
                change,
                CHANGE + " where user_id = ? and number >= ? and number < ?" + filter + " order by " + index(query)
                        + " number desc fetch first ? rows only",
                parameters.toArray());
    }

    long count(UserId user, BalanceQuery query) {
        Numbers numbers = numbers(user, query);
        if (query.code() == null && query.reference() == null) {
            return Math.max(0, numbers.end - numbers.first);
        }
        List<Object> parameters = new ArrayList<>(List.of(user, numbers.first, numbers.end));
        String filter = filter(query, parameters);
        return session.query(
                        row -> row.getLong(1),
                        "select count(*) from <commerce>balance_changes where user_id = ? and number >= ? and number < ?"
                                + filter,
                        parameters.toArray())
                .get(0);
    }

    /** The numbers of the changes that are kept of a user, made in the time that is asked for. */
    private Numbers numbers(UserId user, BalanceQuery query) {
        List<Object> parameters = new ArrayList<>();
        String first = since(query.from(), user, parameters, "opening_number + 1");
        String end = since(query.to(), user, parameters, "changes + 1");
        parameters.add(user);
        return session
                .query(
                        row -> new Numbers(row.getLong(1), row.getLong(2)),
                        "select " + first + ", " + end + " from <commerce>users where id = ?",
                        parameters.toArray())
                .stream()
                .findFirst()
                .orElse(new Numbers(1, 1));
    }

    /** The first number since then, behind the last if there is none; without a time, the number that is given. */
    private static String since(@Nullable Instant time, UserId user, List<Object> parameters, String otherwise) {
        if (time == null) {
            return otherwise;
        }
        parameters.add(user);
        parameters.add(time);
        return "coalesce(" + FIRST_SINCE + ", changes + 1)";
    }

    /** Only what is asked for stands in the SQL, so that an index fits. Adds what it asks for to the parameters. */
    private static String filter(BalanceQuery query, List<Object> parameters) {
        StringBuilder filter = new StringBuilder();
        if (query.code() != null) {
            filter.append(" and code = ?");
            parameters.add(query.code());
        }
        if (query.reference() != null) {
            filter.append(" and reference = ? and reference <> ''"); // what is empty is not in PostgreSQL's index
            parameters.add(query.reference());
        }
        return filter.toString();
    }

    /** What is the same in all rows and orders nothing: it shows H2 the index that has the rows in this order. */
    private static String index(BalanceQuery query) {
        if (query.reference() != null) {
            return "user_id desc, reference desc,";
        }
        return query.code() != null ? "user_id desc, code desc," : "user_id desc,";
    }

    List<BalanceChange> changesFor(OrderId order) {
        return session.query(change, CHANGE + """
                where order_id = ? and code in ('PAYMENT', 'REFUND')
                order by changed_at, number
                """, order);
    }
}
