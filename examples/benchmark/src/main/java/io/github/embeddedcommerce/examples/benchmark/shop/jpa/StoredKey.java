package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.time.Instant;

/** An idempotency key and what its call came to. */
@Entity
@Table(name = "stored_keys", uniqueConstraints = @UniqueConstraint(columnNames = {"userId", "keyText"}))
class StoredKey {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "stored_keys_seq")
    @SequenceGenerator(name = "stored_keys_seq", allocationSize = 50)
    long id;

    String userId = "";
    String keyText = "";
    String useCase = "";
    Instant usedAt = Instant.EPOCH;
    long orderId;
}
