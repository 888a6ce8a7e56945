package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.store.RefundDraft;
import io.github.embeddedcommerce.store.RefundStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refunds of payments from outside in SQL. They change under the locks of their orders' rows, and have none. */
final class JdbcRefundStore implements RefundStore {
    private static final String SELECT = """
            select id, payment_id, order_id, method, amount, reference, failure, begun_at, settled_at
            from <commerce>refunds
            """;

    private final SqlSession session;

    JdbcRefundStore(SqlSession session) {
        this.session = session;
    }

    @Override
    public List<RefundId> insert(List<RefundDraft> drafts) {
        return session
                .insert("""
                        insert into <commerce>refunds (payment_id, order_id, method, amount, state, begun_at)
                        values (?, ?, ?, ?, 'DUE', ?)
                        """, rows(drafts, draft -> new Object[] {
                    draft.payment().id().value(),
                    draft.payment().order(),
                    draft.payment().method(),
                    draft.amount(),
                    draft.at()
                }))
                .stream()
                .map(id -> id.map(RefundId::new).orElseThrow())
                .toList();
    }

    @Override
    public Optional<Refund> find(RefundId id) {
        return session.query(this::refund, SELECT + "where id = ?", id.value()).stream()
                .findFirst();
    }

    @Override
    public Optional<Refund> find(String method, String reference) {
        return session.query(this::refund, SELECT + "where method = ? and reference = ?", method, reference).stream()
                .findFirst();
    }

    @Override
    public List<Refund> of(PaymentId payment) {
        return session.query(this::refund, SELECT + "where payment_id = ? order by id", payment.value());
    }

    @Override
    public void write(Refund refund) {
        session.updateLater("refunds", """
                update <commerce>refunds set state = ?, reference = ?, failure = ?, settled_at = ?
                where id = ?
                """, rows(List.of(refund), written -> new Object[] {
            written.state(),
            written.progress().reference(),
            written.progress().failure(),
            written.progress().settledAt(),
            written.id().value()
        }));
    }

    /**
     * Ordered by all columns of an index, those that are the same in every row included, for H2 to see that it fits.
     */
    @Override
    public List<Refund> list(@Nullable OrderId order, @Nullable RefundState state, long below, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(below));
        String filter = "";
        String index = "";
        if (state != null) {
            filter += " and state = ?";
            parameters.add(state);
            index = "state desc, ";
        }
        if (order != null) {
            filter += " and order_id = ?";
            parameters.add(order);
            index = "order_id desc, ";
        }
        parameters.add(limit);
        return session.query(
                this::refund,
                SELECT + "where id < ?" + filter + " order by " + index + "id desc fetch first ? rows only",
                parameters.toArray());
    }

    private Refund refund(ResultSet row) throws SQLException {
        RowReader columns = session.rows();
        return new Refund(
                new RefundId(row.getLong(1)),
                new PaymentId(row.getLong(2)),
                new OrderId(row.getLong(3)),
                row.getString(4),
                columns.money(row, 5),
                new Refund.Progress(
                        row.getString(6), row.getString(7), columns.instant(row, 8), columns.instantOrNull(row, 9)));
    }
}
