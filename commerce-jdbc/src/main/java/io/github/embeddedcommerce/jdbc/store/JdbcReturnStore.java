package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnedLine;
import io.github.embeddedcommerce.store.ReturnDraft;
import io.github.embeddedcommerce.store.ReturnStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Returns in SQL. A return is read as one row a line. */
final class JdbcReturnStore implements ReturnStore {
    private static final String COLUMNS = """
            select b.id, b.order_id, b.restocked, b.note, b.returned_at, l.number, l.quantity, l.refund
            """;

    private final SqlSession session;

    JdbcReturnStore(SqlSession session) {
        this.session = session;
    }

    /** Selected and not given as values: of a batch of values MariaDB's driver does not tell the ids. */
    @Override
    public List<Return> insert(List<ReturnDraft> drafts) {
        List<Optional<Long>> ids = session.insert("""
                insert into <commerce>returns (order_id, refund, restocked, note, returned_at)
                select o.id, ?, ?, ?, ? from <commerce>orders o where o.id = ?
                """, rows(drafts, draft ->
                new Object[] {draft.refunded(), draft.restocked(), draft.note(), draft.at(), draft.order()}));
        List<Return> returns = new ArrayList<>();
        for (ReturnDraft draft : drafts) {
            returns.add(draft.withId(new ReturnId(ids.get(returns.size()).orElseThrow())));
        }
        returns.forEach(this::insertLines);
        return returns;
    }

    private void insertLines(Return made) {
        session.updateLater("order_lines", """
                update <commerce>order_lines set returned = returned + ? where order_id = ? and number = ?
                """, rows(made.lines(), line ->
                new Object[] {line.quantity(), made.order(), line.line()}));
        session.insertLater("""
                insert into <commerce>return_lines (return_id, order_id, number, quantity, refund)
                values (?, ?, ?, ?, ?)
                """, rows(made.lines(), line ->
                new Object[] {made.id().value(), made.order(), line.line(), line.quantity(), line.refund()}));
    }

    @Override
    public Map<ReturnId, Return> find(Collection<ReturnId> ids) {
        List<Return> rows = session.query(
                this::line, COLUMNS + """
                from <commerce>returns b join <commerce>return_lines l on l.return_id = b.id
                where b.id in (?)
                order by b.id, l.number
                """, ids.stream().map(ReturnId::value).toList());
        return returns(rows).stream().collect(toMap(Return::id, Function.identity()));
    }

    @Override
    public List<Return> list(OrderId order, long below, int limit) {
        return returns(session.query(this::line, COLUMNS + """
                from (
                  select * from <commerce>returns
                  where order_id = ? and id < ?
                  order by order_id desc, id desc
                  fetch first ? rows only) b
                join <commerce>return_lines l on l.return_id = b.id
                order by b.id desc, l.number
                """, order, below, limit));
    }

    /** One line of a return, which is the same in all its rows but for the line. */
    private Return line(ResultSet row) throws SQLException {
        ReturnedLine line =
                new ReturnedLine(row.getInt(6), row.getLong(7), session.rows().money(row, 8));
        return new Return(
                new ReturnId(row.getLong(1)),
                new OrderId(row.getLong(2)),
                List.of(line),
                row.getBoolean(3),
                row.getString(4),
                session.rows().instant(row, 5));
    }

    /** Puts each return together from its rows, one a line, in the order in which they come. */
    private static List<Return> returns(List<Return> rows) {
        Map<ReturnId, Return> returns = new LinkedHashMap<>();
        rows.forEach(row -> returns.merge(row.id(), row, JdbcReturnStore::together));
        return List.copyOf(returns.values());
    }

    private static Return together(Return one, Return more) {
        List<ReturnedLine> lines =
                Stream.concat(one.lines().stream(), more.lines().stream()).toList();
        return new Return(one.id(), one.order(), lines, one.restocked(), one.note(), one.at());
    }
}
