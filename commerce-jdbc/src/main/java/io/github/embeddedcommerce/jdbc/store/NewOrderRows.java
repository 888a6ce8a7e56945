package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.store.OrderDraft;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Inserts orders that are new, with their lines, in as few statements as the database allows. */
record NewOrderRows(SqlSession session) {
    /** So many in one statement, which names the users' table once for each. */
    static final int MOST_IN_ONE = 64;

    private static final String INSERT =
            "insert into <commerce>orders (user_id, status, total, discount, placed_at, pay_by, expires_at)\n";

    /** Nothing where the user is not there. */
    private static final String ROW = "select u.id, 'PENDING', ?, 0, ?, ?, ? from <commerce>users u where u.id = ?";

    /** One of many. A union takes its types from the values, and those of times can be without microseconds. */
    private static final String ROW_OF_MANY = """
            select u.id, 'PENDING', cast(? as signed), 0, cast(? as datetime(6)), cast(? as datetime(6)), cast(? as datetime(6))
            from <commerce>users u where u.id = ?""";

    private static final int PLACES = 5;

    private static Object[] row(OrderDraft draft) {
        return new Object[] {draft.total(), draft.placedAt(), draft.expiresAt(), draft.expiresAt(), draft.user()};
    }

    /** The id of each, in the same order; empty for one whose user is not there, for which nothing is written. */
    List<Optional<OrderId>> insert(List<OrderDraft> drafts) {
        List<Optional<OrderId>> ids =
                drafts.size() > 1 && session.returnsInserted() ? insertMany(drafts) : insertEach(drafts);
        insertLines(ids, drafts);
        return ids;
    }

    private List<Optional<OrderId>> insertEach(List<OrderDraft> drafts) {
        return session.insert(INSERT + ROW, rows(drafts, NewOrderRows::row)).stream()
                .map(id -> id.map(OrderId::new))
                .toList();
    }

    /** What a row says of its order. Rows that say the same can change places: nothing else is known of them yet. */
    private record Said(UserId user, Money total, Instant placedAt, Instant expiresAt) {
        static Said by(OrderDraft draft) {
            return new Said(draft.user(), draft.total(), draft.placedAt(), draft.expiresAt());
        }
    }

    /**
     * The database does not promise to answer in the order of the rows, so each id goes to the draft that its row says.
     */
    private List<Optional<OrderId>> insertMany(List<OrderDraft> drafts) {
        Map<Said, Queue<OrderId>> inserted = new HashMap<>();
        for (int from = 0; from < drafts.size(); from += MOST_IN_ONE) {
            insertPart(drafts.subList(from, Math.min(drafts.size(), from + MOST_IN_ONE)), inserted);
        }
        List<Optional<OrderId>> ids = drafts.stream()
                .map(draft -> Optional.ofNullable(inserted.getOrDefault(Said.by(draft), new ArrayDeque<>())
                        .poll()))
                .toList();
        if (inserted.values().stream().anyMatch(left -> !left.isEmpty())) {
            throw new IllegalStateException("orders were inserted that nobody has placed: " + inserted);
        }
        return ids;
    }

    /** A power of two of rows, so that texts stay few; those that are left have no user. */
    private void insertPart(List<OrderDraft> drafts, Map<Said, Queue<OrderId>> inserted) {
        int rows = ShopSql.places(drafts.size());
        @Nullable Object[] values = new @Nullable Object[rows * PLACES];
        for (int i = 0; i < drafts.size(); i++) {
            System.arraycopy(row(drafts.get(i)), 0, values, i * PLACES, PLACES);
        }
        session.insertReturning(
                row -> inserted.computeIfAbsent(said(row), none -> new ArrayDeque<>())
                        .add(new OrderId(row.getLong(1))),
                INSERT + String.join("\nunion all ", Collections.nCopies(rows, ROW_OF_MANY))
                        + "\nreturning id, user_id, total, placed_at, expires_at",
                values);
    }

    private Said said(ResultSet row) throws SQLException {
        RowReader columns = session.rows();
        return new Said(
                new UserId(row.getString(2)), columns.money(row, 3), columns.instant(row, 4), columns.instant(row, 5));
    }

    private void insertLines(List<Optional<OrderId>> ids, List<OrderDraft> drafts) {
        List<@Nullable Object[]> lines = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            if (ids.get(i).isPresent()) {
                for (OrderLine line : drafts.get(i).lines()) {
                    lines.add(row(ids.get(i).get(), line));
                }
            }
        }
        session.insertLater("""
                insert into <commerce>order_lines
                  (order_id, number, option_id, sku, product_id, product_name, unit_price, quantity)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """, lines);
    }

    private static Object[] row(OrderId order, OrderLine line) {
        return new Object[] {
            order,
            line.number(),
            line.item().option(),
            line.item().sku(),
            line.item().product(),
            line.item().productName(),
            line.unitPrice(),
            line.quantity()
        };
    }
}
