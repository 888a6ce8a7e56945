package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.event.EventStore;
import io.github.embeddedcommerce.event.OrderEvent;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;

/** Events in SQL. */
final class JdbiEventStore implements EventStore {
    interface Sql {
        @SqlBatch("""
                insert into <commerce>order_events (order_id, number, type, user_id, happened_at)
                values (:order, :number, :type, :user, :at)
                """)
        void append(@BindMethods List<OrderEvent> events);
    }

    private final Sql sql;

    JdbiEventStore(Handle handle) {
        this.sql = handle.attach(Sql.class);
    }

    @Override
    public void append(List<OrderEvent> events) {
        if (!events.isEmpty()) {
            sql.append(events);
        }
    }
}
