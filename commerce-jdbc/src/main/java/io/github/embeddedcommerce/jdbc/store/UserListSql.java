package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.store.UserPlace;
import io.github.embeddedcommerce.user.UserQuery;
import io.github.embeddedcommerce.user.UserQuery.Sort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The select of a list of users, in the order of the primary key or of the index by balance. */
final class UserListSql {
    private final List<Object> parameters = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();

    /** What its places stand for, once the text has been made. */
    Object[] parameters() {
        return parameters.toArray();
    }

    String text(UserQuery query, @Nullable UserPlace after, int limit) {
        if (after != null) {
            after(query.sort(), after);
        }
        if (!query.prefix().isEmpty()) {
            prefix(query.prefix());
        }
        if (query.minBalance() != null) {
            add("balance >= ?", query.minBalance());
        }
        if (query.maxBalance() != null) {
            add("balance <= ?", query.maxBalance());
        }
        parameters.add(limit);
        String order = switch (query.sort()) {
            case ID -> "id";
            case BALANCE_UP -> "balance, id";
            case BALANCE_DOWN -> "balance desc, id desc";
        };
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return "select id, balance, changes, registered_at, changed_at from <commerce>users" + where + " order by "
                + order + " fetch first ? rows only";
    }

    private void after(Sort sort, UserPlace after) {
        if (sort == Sort.ID) {
            add("id > ?", after.user());
            return;
        }
        String behind = sort == Sort.BALANCE_UP ? ">" : "<";
        add("balance " + behind + "= ?", after.balanceMinor());
        add("(balance " + behind + " ? or id " + behind + " ?)", after.balanceMinor());
        parameters.add(after.user());
    }

    /**
     * As a range, which the index has in one piece. Where the range has more than what begins so, each is looked at: by
     * its characters as the database counts them, and not by a pattern, for MariaDB takes no character beyond U+FFFF
     * for one that a pattern allows.
     */
    private void prefix(String prefix) {
        add("id >= ?", prefix);
        String end = behind(prefix);
        if (!end.isEmpty()) {
            add("id < ?", end);
        }
        if (!isExact(prefix)) {
            add("left(id, char_length(?)) = ?", prefix);
            parameters.add(prefix);
        }
    }

    /**
     * A text behind all that begin so, by characters or by their UTF-16 units; empty for none. A character that nothing
     * comes behind is left away.
     */
    static String behind(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int length = points.length; length > 0; length--) {
            int last = points[length - 1];
            if (!isLast(last)) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return new String(points, 0, length - 1) + Character.toString(next);
            }
        }
        return "";
    }

    /** Whether nothing lies between this and {@link #behind} but what begins so, in either order. */
    private static boolean isExact(String prefix) {
        int last = prefix.codePointBefore(prefix.length());
        return !isLast(last) && last + 1 != Character.MIN_SURROGATE;
    }

    /** The last of the characters of one UTF-16 unit, and the last of all. */
    private static boolean isLast(int point) {
        return point == Character.MAX_VALUE || point == Character.MAX_CODE_POINT;
    }

    private void add(String condition, Object parameter) {
        conditions.add(condition);
        parameters.add(parameter);
    }
}
