package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.time.Instant;
import java.time.LocalDate;

/** A place in a day's snapshot of popular products. */
@Entity
@Table(name = "ranked_products", uniqueConstraints = @UniqueConstraint(columnNames = {"forDay", "place"}))
class RankedProduct {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "ranked_products_seq")
    @SequenceGenerator(name = "ranked_products_seq", allocationSize = 50)
    long id;

    LocalDate forDay = LocalDate.EPOCH;
    int place;
    long productId;
    long quantity;
    Instant lastPaidAt = Instant.EPOCH;
}
