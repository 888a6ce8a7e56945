package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A user and the balance. */
@Entity
@Table(name = "customers")
class Customer {
    @Id
    String id = "";

    long balance;
}
