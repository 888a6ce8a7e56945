package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the ledger. */
@Entity
@Table(
        name = "balance_changes",
        indexes = {@Index(columnList = "userId, id"), @Index(columnList = "orderId, code", unique = true)})
class BalanceChange {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "balance_changes_seq")
    @SequenceGenerator(name = "balance_changes_seq", allocationSize = 50)
    long id;

    String userId = "";
    long balanceBefore;
    long amount;
    long balanceAfter;
    String code = "";
    String note = "";

    @Nullable
    Long orderId;

    Instant changedAt = Instant.EPOCH;
}
