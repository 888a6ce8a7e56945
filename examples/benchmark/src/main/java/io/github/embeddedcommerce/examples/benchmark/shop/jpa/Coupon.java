package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A coupon; without a total it has no limit. */
@Entity
@Table(name = "coupons")
class Coupon {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "coupons_seq")
    @SequenceGenerator(name = "coupons_seq", allocationSize = 50)
    long id;

    String name = "";
    int percent;
    Instant expiresAt = Instant.EPOCH;

    @Nullable
    Long total;

    long issued;
}
