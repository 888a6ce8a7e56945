package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A coupon that a user has. */
@Entity
@Table(name = "user_coupons", uniqueConstraints = @UniqueConstraint(columnNames = {"coupon_id", "userId"}))
class UserCoupon {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "user_coupons_seq")
    @SequenceGenerator(name = "user_coupons_seq", allocationSize = 50)
    long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Coupon coupon = new Coupon();

    String userId = "";
    Instant issuedAt = Instant.EPOCH;

    @Nullable
    Long orderId;

    @Nullable
    Instant usedAt;
}
