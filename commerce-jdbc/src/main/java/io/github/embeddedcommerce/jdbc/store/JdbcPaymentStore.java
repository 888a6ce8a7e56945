package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentProgress;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.store.PaymentDraft;
import io.github.embeddedcommerce.store.PaymentStore;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Payments from outside in SQL. They are read and written under the locks of their orders' rows, and have none. */
final class JdbcPaymentStore implements PaymentStore {
    private static final String SELECT = """
            select id, order_id, user_id, method, amount, state, reference, begun_at, held_until, decided_at, balance_part,
              refunded, note
            from <commerce>payments
            """;

    private final SqlSession session;

    JdbcPaymentStore(SqlSession session) {
        this.session = session;
    }

    @Override
    public List<PaymentId> insert(List<PaymentDraft> drafts) {
        return session
                .insert("""
                        insert into <commerce>payments
                          (order_id, user_id, method, amount, state, reference, begun_at, held_until, balance_part)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """, rows(drafts, draft -> new Object[] {
                    draft.order(),
                    draft.user(),
                    draft.method(),
                    draft.amount(),
                    draft.progress().state(),
                    draft.progress().reference(),
                    draft.progress().times().begunAt(),
                    draft.progress().times().heldUntil(),
                    draft.progress().balancePart()
                }))
                .stream()
                .map(id -> id.map(PaymentId::new).orElseThrow())
                .toList();
    }

    @Override
    public List<Payment> find(Collection<PaymentId> ids) {
        return session.query(
                this::payment,
                SELECT + "where id in (?)",
                ids.stream().map(PaymentId::value).toList());
    }

    @Override
    public Optional<Payment> find(String method, String reference) {
        return session.query(this::payment, SELECT + "where method = ? and reference = ?", method, reference).stream()
                .findFirst();
    }

    @Override
    public List<Payment> of(Collection<OrderId> orders) {
        return session.query(this::payment, SELECT + "where order_id in (?) order by order_id, id", orders);
    }

    @Override
    public void write(List<Payment> payments) {
        session.updateLater("payments", """
                update <commerce>payments
                set state = ?, reference = ?, decided_at = ?, balance_part = ?, refunded = ?, note = ?
                where id = ?
                """, rows(payments, payment -> new Object[] {
            payment.state(),
            payment.reference(),
            payment.progress().times().decidedAt(),
            payment.progress().balancePart(),
            payment.progress().refunded(),
            payment.progress().note(),
            payment.id().value()
        }));
    }

    /**
     * Ordered by all columns of an index, those that are the same in every row included, for H2 to see that it fits.
     */
    @Override
    public List<Payment> list(PaymentQuery query, long below, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(below));
        StringBuilder sql = new StringBuilder(SELECT).append("where id < ?");
        String index = "";
        for (Restriction restriction : List.of(
                new Restriction("method", query.method()),
                new Restriction("state", query.state()),
                new Restriction("user_id", query.user()),
                new Restriction("order_id", query.order()))) {
            if (restriction.value != null) {
                sql.append(" and ").append(restriction.column).append(" = ?");
                parameters.add(restriction.value);
                index = restriction.column + " desc, ";
            }
        }
        parameters.add(limit);
        sql.append(" order by ").append(index).append("id desc fetch first ? rows only");
        return session.query(this::payment, sql.toString(), parameters.toArray());
    }

    /** A column that is to have this value; null for any. The one that leaves fewest comes last. */
    private record Restriction(String column, @Nullable Object value) {}

    private Payment payment(ResultSet row) throws SQLException {
        RowReader columns = session.rows();
        PaymentProgress.Times times = new PaymentProgress.Times(
                columns.instant(row, 8), columns.instant(row, 9), columns.instantOrNull(row, 10));
        PaymentProgress progress = new PaymentProgress(
                PaymentState.valueOf(row.getString(6)),
                row.getString(7),
                times,
                columns.money(row, 11),
                columns.money(row, 12),
                row.getString(13));
        return new Payment(
                new PaymentId(row.getLong(1)),
                new OrderId(row.getLong(2)),
                new UserId(row.getString(3)),
                row.getString(4),
                columns.money(row, 5),
                progress);
    }
}
