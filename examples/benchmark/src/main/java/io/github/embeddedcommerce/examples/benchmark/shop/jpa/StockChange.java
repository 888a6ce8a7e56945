package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** A change of a stock that is no sale. */
@Entity
@Table(name = "stock_changes", indexes = @Index(columnList = "optionId, id"))
class StockChange {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "stock_changes_seq")
    @SequenceGenerator(name = "stock_changes_seq", allocationSize = 50)
    long id;

    long optionId;
    long quantityBefore;
    long quantityAfter;
    String kind = "RETURN";
    String note = "";
    Instant changedAt = Instant.EPOCH;
}
