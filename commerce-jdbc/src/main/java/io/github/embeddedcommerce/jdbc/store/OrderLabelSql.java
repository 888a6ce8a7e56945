package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.reference.Reference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The host's references and notes on orders in SQL. Only an order that has one has a row. */
record OrderLabelSql(SqlSession session) {
    /** The reference and note of an order. */
    private record Labelled(OrderId order, OrderLabels labels) {}

    /** A unique reference and the order that has it. */
    private record Holder(String reference, OrderId order) {}

    /** In the order of the references: two who insert the same ones would otherwise wait for each other in a circle. */
    void insert(Map<OrderId, OrderLabels> labels) {
        List<Labelled> inOrder = labels.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Labelled(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(
                        (Labelled one) -> one.labels.reference().text()))
                .toList();
        session.insertLater("""
                insert into <commerce>order_labels (order_id, reference, unique_reference, note) values (?, ?, ?, ?)
                """, rows(inOrder, one -> columns(one.order, one.labels)));
    }

    private static @Nullable Object[] columns(OrderId order, OrderLabels labels) {
        Reference reference = labels.reference();
        String text = reference.isNone() ? null : reference.text();
        return new Object[] {order, text, reference.isUnique() ? text : null, labels.note()};
    }

    void replace(OrderId order, OrderLabels labels) {
        session.update("delete from <commerce>order_labels where order_id = ?", order);
        insert(Map.of(order, labels));
    }

    Map<OrderId, OrderLabels> find(Collection<OrderId> ids) {
        return session
                .query(
                        OrderLabelSql::labelled,
                        "select order_id, reference, unique_reference, note from <commerce>order_labels"
                                + " where order_id in (?)",
                        ids)
                .stream()
                .collect(toMap(Labelled::order, Labelled::labels));
    }

    private static Labelled labelled(ResultSet row) throws SQLException {
        String text = row.getString(2);
        Reference reference = text == null ? Reference.none() : new Reference(text, row.getString(3) != null);
        return new Labelled(new OrderId(row.getLong(1)), new OrderLabels(reference, row.getString(4)));
    }

    Map<String, OrderId> holders(Collection<String> uniqueReferences) {
        return session
                .query(
                        row -> new Holder(row.getString(1), new OrderId(row.getLong(2))),
                        "select unique_reference, order_id from <commerce>order_labels where unique_reference in (?)",
                        uniqueReferences)
                .stream()
                .collect(toMap(Holder::reference, Holder::order));
    }
}
