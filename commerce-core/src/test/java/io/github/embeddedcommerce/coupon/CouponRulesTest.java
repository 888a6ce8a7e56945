package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_ISSUED;
import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_USED;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_INFO_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_SOLD_OUT;
import static io.github.embeddedcommerce.error.ErrorCode.EXPIRED_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_COUPON;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.embeddedcommerce.fixture.Ids;
import io.github.embeddedcommerce.fixture.Texts;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

class CouponRulesTest {
    private static final Instant END = NOON.plusSeconds(3_600);
    private static final DiscountRule TENTH = DiscountRule.percent(10);
    private static final UserCouponId ID = new UserCouponId(4);
    private static final CouponId SPRING = new CouponId(3);

    @Example
    @Tag("K1")
    void a_coupon_is_told_in_a_sentence() {
        NewCoupon coupon = NewCoupon.of("Spring", TENTH, END)
                .limitedTo(100)
                .validFrom(NOON)
                .forOrdersFrom(won(20_000));
        assertThat(coupon)
                .isEqualTo(new NewCoupon(new CouponTerms("Spring", TENTH, new Validity(NOON, END), won(20_000)), 100L));
        assertThat(NewCoupon.of("Spring", TENTH, END))
                .isEqualTo(new NewCoupon(new CouponTerms("Spring", TENTH, new Validity(null, END), null), null));
    }

    @Example
    @Tag("K1")
    @Tag("E2")
    void a_coupon_has_bounds() {
        NewCoupon coupon = NewCoupon.of("Spring", TENTH, END);
        Texts.assertBounds("coupon name", 1, 100, name -> NewCoupon.of(name, TENTH, END));
        assertThat(malformed(() -> NewCoupon.of("Spring", nothing(), END)).values())
                .containsOnly(Map.entry("field", "discount"));
        assertThat(malformed(() -> NewCoupon.of("Spring", TENTH, nothing())).values())
                .containsOnly(Map.entry("field", "coupon expiry"));
        malformed(() -> new NewCoupon(nothing(), null));
        malformed(() -> new CouponTerms("Spring", TENTH, nothing(), null));
        malformed(() -> coupon.validFrom(nothing()));
        malformed(() -> coupon.forOrdersFrom(nothing()));
        malformed(() -> coupon.forOrdersFrom(won(-1)));
        assertThat(coupon.forOrdersFrom(won(0)).terms().minimumTotal()).isEqualTo(won(0));
        for (long total : new long[] {-1, NewCoupon.MAX_TOTAL + 1}) {
            malformed(() -> coupon.limitedTo(total));
        }
        assertThat(coupon.limitedTo(0).total()).isZero();
        assertThat(coupon.limitedTo(NewCoupon.MAX_TOTAL).total()).isEqualTo(NewCoupon.MAX_TOTAL);
    }

    @Example
    @Tag("K1")
    @Tag("E2")
    void a_coupon_ends_after_it_begins_in_times_that_can_be_kept() {
        assertThat(malformed(() -> new Validity(END, END)).values()).containsEntry("field", "coupon expiry");
        malformed(() -> new Validity(END.plusNanos(1_000), END));
        malformed(() -> new Validity(null, Instant.EPOCH.minusNanos(1)));
        malformed(() -> new Validity(null, Instant.parse("9999-01-01T00:00:00Z")));
        malformed(() -> new Validity(Instant.EPOCH.minusNanos(1), END));
        assertThat(new Validity(Instant.EPOCH, Instant.parse("9998-12-31T23:59:59.999999999Z")).expiresAt())
                .isEqualTo(Instant.parse("9998-12-31T23:59:59.999999Z"));
        assertThat(new Validity(NOON.plusNanos(1_999), END).from()).isEqualTo(NOON.plusNanos(1_000));
    }

    @Property
    @Tag("K3")
    void a_validity_is_ahead_then_on_then_over(@ForAll @LongRange(min = -10, max = 3_610) long second) {
        Validity validity = new Validity(NOON, END);
        Instant now = NOON.plusSeconds(second);
        assertThat(validity.isAhead(now)).isEqualTo(second < 0);
        assertThat(validity.isOver(now)).isEqualTo(second >= 3_600);
        assertThat(new Validity(null, END).isAhead(now)).isFalse();
    }

    @Property
    @Tag("K2")
    void never_more_than_the_total_is_issued(
            @ForAll @LongRange(min = 0, max = 50) long total, @ForAll @LongRange(min = 0, max = 60) long asked) {
        Coupon coupon = coupon(new IssueLimit(total, 0));
        long issued = 0;
        for (int i = 0; i < asked; i++) {
            if (!coupon.isSoldOut()) {
                coupon = coupon.issuedOnceMore();
                issued++;
            }
        }
        assertThat(issued).isEqualTo(Math.min(total, asked));
        assertThat(coupon.supply()).isEqualTo(new IssueLimit(total, issued));
        assertThat(coupon.remaining()).hasValue(total - issued);
        if (issued > 0) {
            assertThat(coupon.issuedOnceLess().supply()).isEqualTo(new IssueLimit(total, issued - 1));
        }
        assertThat(refused(COUPON_SOLD_OUT, () -> {
                            throw coupon(new IssueLimit(total, total)).soldOut();
                        })
                        .values())
                .containsEntry("total", total)
                .containsEntry("coupon", 3L);
    }

    @Example
    @Tag("K2")
    void a_count_that_cannot_be_is_a_bug() {
        assertThatIllegalArgumentException().isThrownBy(() -> new IssueLimit(5, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> new IssueLimit(5, -1));
        assertThat(new IssueLimit(5, 5).remaining()).isZero();
    }

    @Example
    @Tag("K1")
    @Tag("K2")
    void a_coupon_without_a_limit_keeps_no_count() {
        Coupon unlimited = coupon(null);
        assertThat(unlimited.remaining()).isEmpty();
        assertThat(unlimited.isSoldOut()).isFalse();
        assertThat(unlimited.issuedOnceMore()).isSameAs(unlimited);
        assertThat(unlimited.issuedOnceLess()).isSameAs(unlimited);
        malformed(() -> unlimited.withTotal(5));
    }

    @Example
    @Tag("K1")
    @Tag("E2")
    void a_total_changes_to_no_less_than_is_issued() {
        Coupon coupon = coupon(new IssueLimit(10, 4));
        assertThat(coupon.withTotal(4).isSoldOut()).isTrue();
        assertThat(coupon.withTotal(11).supply()).isEqualTo(new IssueLimit(11, 4));
        assertThat(malformed(() -> coupon.withTotal(3)).values()).containsEntry("min", 4L);
        malformed(() -> coupon.withTotal(NewCoupon.MAX_TOTAL + 1));
    }

    @Example
    @Tag("K2")
    void a_coupon_is_not_issued_from_the_instant_of_its_expiry() {
        Coupon coupon = coupon(null);
        assertThat(coupon.unexpired(END.minusNanos(1))).isSameAs(coupon);
        assertThat(refused(EXPIRED_COUPON, () -> coupon.unexpired(END)))
                .hasMessage("coupon 3 (Spring) expired at 2026-03-01T13:00:00Z (C003)");
    }

    @Example
    @Tag("K4")
    @Tag("K5")
    void its_owner_has_the_discount_from_the_first_instant_to_before_the_last() {
        UserCoupon coupon = issued(null);
        Discount expected = new Discount(won(2_000), ID);
        assertThat(coupon.discountOn(won(20_000), ANN, NOON)).isEqualTo(expected);
        assertThat(coupon.discountOn(won(20_000), ANN, END.minusNanos(1))).isEqualTo(expected);
    }

    @Example
    @Tag("K4")
    @Tag("E1")
    void a_coupon_that_cannot_be_used_says_why() {
        UserCoupon coupon = issued(null);
        UserCoupon used = coupon.used(12, NOON);
        assertThat(refused(INVALID_COUPON, () -> coupon.discountOn(won(20_000), BOB, NOON)))
                .hasMessage("coupon 4 (Spring) belongs to another user than bob (C002)");
        assertThat(refused(ALREADY_USED, () -> used.discountOn(won(20_000), ANN, NOON)))
                .hasMessage("coupon 4 (Spring) was used for order 12: pay with another one or without (C004)");
        refused(EXPIRED_COUPON, () -> coupon.discountOn(won(20_000), ANN, END));
        assertThat(refused(INVALID_COUPON, () -> coupon.discountOn(won(20_000), ANN, NOON.minusNanos(1))))
                .hasMessageContaining("is valid from 2026-03-01T12:00:00Z on");
        assertThat(refused(INVALID_COUPON, () -> coupon.discountOn(won(19_999), ANN, NOON)))
                .hasMessageContaining("is for orders from KRW 20000 on, this one is of KRW 19999")
                .satisfies(refusal -> assertThat(refusal.values()).containsOnly(Map.entry("userCoupon", 4L)));
    }

    @Example
    @Tag("K3")
    @Tag("O5")
    void a_coupon_is_available_until_it_is_used_or_expires() {
        UserCoupon coupon = issued(null);
        UserCoupon used = coupon.used(12, NOON);
        assertThat(used.use()).isEqualTo(new UserCoupon.Use(12, NOON));
        assertThat(coupon.status(END.minusNanos(1))).isEqualTo(CouponStatus.AVAILABLE);
        assertThat(coupon.status(END)).isEqualTo(CouponStatus.EXPIRED);
        assertThat(used.status(END)).isEqualTo(CouponStatus.USED);
        assertThat(used.isReturnable(END.minusNanos(1))).isTrue();
        assertThat(used.isReturnable(END)).isFalse();
    }

    @Example
    @Tag("E1")
    void what_is_not_there_is_refused_by_its_id() {
        Ids.assertNumbers("coupon id", CouponId::new);
        assertThat(refused(COUPON_INFO_NOT_FOUND, () -> {
                            throw Coupon.notFound(SPRING);
                        })
                        .values())
                .containsOnly(Map.entry("coupon", 3L));
        assertThat(refused(COUPON_NOT_FOUND, () -> {
                            throw UserCoupon.notFound(ID);
                        })
                        .values())
                .containsOnly(Map.entry("userCoupon", 4L));
        assertThat(refused(ALREADY_ISSUED, () -> {
                            throw UserCoupon.alreadyIssued(ANN, SPRING);
                        })
                        .values())
                .containsOnly(Map.entry("user", "ann"), Map.entry("coupon", 3L));
    }

    private static Coupon coupon(@Nullable IssueLimit supply) {
        CouponTerms terms = new CouponTerms("Spring", TENTH, new Validity(NOON, END), won(20_000));
        return new Coupon(SPRING, terms, supply, NOON);
    }

    private static UserCoupon issued(UserCoupon.@Nullable Use use) {
        return new UserCoupon(ID, ANN, coupon(null), NOON, use);
    }
}
