package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_USED;
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
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

class UserCouponTest {
    private static final Instant FROM = NOON.plusSeconds(10);
    private static final Instant END = NOON.plusSeconds(20);
    private static final NewCoupon TENTH =
            NewCoupon.of("Tenth", DiscountRule.percent(10), END).validFrom(FROM).forOrdersFrom(won(1_000));

    private final UserCoupon coupon = new UserCoupon(
            new UserCouponId(7), ANN, new Coupon(new CouponId(3), TENTH.terms(), null, NOON), NOON, null);

    @Property
    @Tag("K4")
    void it_takes_something_off_only_for_its_owner_in_its_time_and_from_its_minimum_on(
            @ForAll boolean owner,
            @ForAll boolean used,
            @ForAll @LongRange(min = 0, max = 30) long second,
            @ForAll @LongRange(min = 995, max = 1_005) long total) {
        Instant now = NOON.plusSeconds(second);
        UserCoupon offered = used ? coupon.used(5, NOON) : coupon;
        if (!owner) {
            refused(INVALID_COUPON, () -> offered.discountOn(won(total), BOB, now));
        } else if (used) {
            refused(ALREADY_USED, () -> offered.discountOn(won(total), ANN, now));
        } else if (second >= 20) {
            refused(EXPIRED_COUPON, () -> offered.discountOn(won(total), ANN, now));
        } else if (second < 10 || total < 1_000) {
            refused(INVALID_COUPON, () -> offered.discountOn(won(total), ANN, now));
        } else {
            assertThat(offered.discountOn(won(total), ANN, now)).isEqualTo(new Discount(won(100), coupon.id()));
        }
    }

    @Example
    @Tag("K3")
    void its_status_follows_from_its_use_and_the_time() {
        assertThat(coupon.status(NOON)).isEqualTo(CouponStatus.AVAILABLE);
        assertThat(coupon.status(END.minusNanos(1))).isEqualTo(CouponStatus.AVAILABLE);
        assertThat(coupon.status(END)).isEqualTo(CouponStatus.EXPIRED);
        assertThat(coupon.used(5, FROM).status(FROM)).isEqualTo(CouponStatus.USED);
        assertThat(coupon.used(5, FROM).status(END)).isEqualTo(CouponStatus.USED);
    }

    @Example
    @Tag("O5")
    void it_is_given_back_until_it_expires() {
        assertThat(coupon.used(5, FROM).isReturnable(END.minusNanos(1))).isTrue();
        assertThat(coupon.used(5, FROM).isReturnable(END)).isFalse();
    }

    @Example
    @Tag("K1")
    void a_total_goes_up_and_down_but_not_below_what_is_issued() {
        Coupon issued = new Coupon(new CouponId(3), TENTH.terms(), new IssueLimit(10, 4), NOON);
        assertThat(issued.withTotal(4).isSoldOut()).isTrue();
        assertThat(issued.withTotal(5).remaining()).hasValue(1);
        assertThat(issued.issuedOnceMore().supply()).isEqualTo(new IssueLimit(10, 5));
        malformed(() -> issued.withTotal(3));
        malformed(() -> issued.withTotal(NewCoupon.MAX_TOTAL + 1));
        malformed(() -> coupon.coupon().withTotal(5));
        assertThat(coupon.coupon().issuedOnceMore()).isEqualTo(coupon.coupon());
        assertThatIllegalArgumentException().isThrownBy(() -> new IssueLimit(1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new IssueLimit(1, -1));
    }

    @Example
    @Tag("K1")
    @Tag("E2")
    void what_cannot_be_a_coupon_is_refused() {
        DiscountRule one = DiscountRule.percent(1);
        malformed(() -> NewCoupon.of("", one, END));
        malformed(() -> NewCoupon.of(" ", one, END));
        malformed(() -> NewCoupon.of("x".repeat(101), one, END));
        malformed(() -> NewCoupon.of(nothing(), one, END));
        malformed(() -> NewCoupon.of("x", nothing(), END));
        malformed(() -> NewCoupon.of("x", one, nothing()));
        malformed(() -> NewCoupon.of("x", one, Instant.MAX));
        malformed(() -> NewCoupon.of("x", one, Instant.MIN));
        malformed(() -> TENTH.validFrom(END));
        malformed(() -> TENTH.validFrom(nothing()));
        malformed(() -> TENTH.forOrdersFrom(won(-1)));
        malformed(() -> TENTH.forOrdersFrom(nothing()));
        malformed(() -> TENTH.limitedTo(-1));
        malformed(() -> TENTH.limitedTo(NewCoupon.MAX_TOTAL + 1));
        malformed(() -> new NewCoupon(nothing(), null));
        assertThat(NewCoupon.of("x".repeat(100), one, END).limitedTo(0).total()).isEqualTo(0);
        assertThat(new Validity(null, END.plusNanos(999)).expiresAt()).isEqualTo(END);
        Ids.assertNumbers("coupon id", CouponId::new);
    }
}
