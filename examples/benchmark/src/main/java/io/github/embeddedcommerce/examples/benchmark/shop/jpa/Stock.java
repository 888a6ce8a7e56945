package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What there is of an option. */
@Entity
@Table(name = "stock")
class Stock {
    @Id
    long optionId;

    long onHand;
    long reserved;

    void reserve(long quantity) {
        if (quantity > onHand - reserved) {
            throw new IllegalStateException("option " + optionId + " is short");
        }
        reserved += quantity;
    }

    void confirm(long quantity) {
        onHand -= quantity;
        reserved -= quantity;
    }
}
