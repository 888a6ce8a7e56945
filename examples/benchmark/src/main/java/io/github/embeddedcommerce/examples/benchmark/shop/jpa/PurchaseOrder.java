package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An order and its lines. */
@Entity
@Table(
        name = "purchase_orders",
        indexes = {
            @Index(columnList = "userId, id"),
            @Index(columnList = "status, expiresAt, id"),
            @Index(columnList = "paidAt")
        })
class PurchaseOrder {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "purchase_orders_seq")
    @SequenceGenerator(name = "purchase_orders_seq", allocationSize = 50)
    long id;

    String userId = "";

    @Enumerated(EnumType.STRING)
    Status status = Status.PENDING;

    long total;
    long discount;

    @Nullable
    Long userCouponId;

    Instant placedAt = Instant.EPOCH;
    Instant expiresAt = Instant.EPOCH;

    @Nullable
    Instant paidAt;

    @Nullable
    Instant closedAt;

    @OneToMany(mappedBy = "order", cascade = CascadeType.PERSIST)
    @OrderBy("number")
    List<OrderLine> lines = new ArrayList<>();

    enum Status {
        PENDING,
        PAID,
        CANCELLED,
        EXPIRED
    }

    /** How many units of each option, in the order of the options. */
    SortedMap<Long, Long> quantities() {
        SortedMap<Long, Long> quantities = new TreeMap<>();
        lines.forEach(line -> quantities.merge(line.optionId, line.quantity, Long::sum));
        return quantities;
    }
}
