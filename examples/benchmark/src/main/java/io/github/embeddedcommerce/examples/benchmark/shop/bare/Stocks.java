package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stock: locked in the order of the options, moved by one batch. */
final class Stocks {
    private final Sql sql;
    private final InList lock;
    private final String move;
    private final String change;

    Stocks(Sql sql) {
        this.sql = sql;
        this.lock = sql.inList("""
                select option_id, on_hand, reserved from #stock
                where option_id in (?*)
                order by option_id
                for update
                """);
        this.move = sql.text("""
                update #stock set on_hand = on_hand + ?, reserved = reserved + ?
                where option_id = ?
                """);
        this.change = sql.text("update #stock set on_hand = on_hand + ?, changed_at = ? where option_id = ?");
    }

    /** What there is of an option. */
    record Level(long onHand, long reserved) {}

    SortedMap<Long, Level> lock(Connection connection, Map<Long, Long> quantities) throws SQLException {
        SortedMap<Long, Level> levels = new TreeMap<>();
        sql.each(
                connection,
                lock.of(quantities.size()),
                row -> levels.put(row.getLong(1), new Level(row.getLong(2), row.getLong(3))),
                quantities.keySet().toArray());
        return levels;
    }

    /** Moves so many units of each option: on hand, reserved, both or neither, by the sign. */
    void move(Connection connection, Map<Long, Long> quantities, int onHand, int reserved) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        quantities.forEach(
                (option, quantity) -> rows.add(new Object[] {onHand * quantity, reserved * quantity, option}));
        sql.batch(connection, move, rows);
    }

    /** Adds so many units of each option to those on hand, otherwise than by a sale. */
    void change(Connection connection, Map<Long, Long> quantities, Instant now) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        quantities.forEach((option, quantity) -> rows.add(new Object[] {quantity, now, option}));
        sql.batch(connection, change, rows);
    }
}
