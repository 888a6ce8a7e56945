package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** An event for the outside world. */
@Entity
@Table(name = "order_events", indexes = @Index(columnList = "status, happenedAt"))
class OrderEvent {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_events_seq")
    @SequenceGenerator(name = "order_events_seq", allocationSize = 50)
    long id;

    long orderId;
    String type = "";
    String userId = "";
    String status = "WAITING";
    Instant happenedAt = Instant.EPOCH;

    static OrderEvent of(PurchaseOrder order, Instant now) {
        OrderEvent event = new OrderEvent();
        event.orderId = order.id;
        event.type = order.status.name();
        event.userId = order.userId;
        event.happenedAt = now;
        return event;
    }
}
