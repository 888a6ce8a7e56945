package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.fixture.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import net.jqwik.api.Example;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

class CouponTest {
    @Example
    @Tag("K1")
    @Tag("E1")
    void a_coupon_that_is_sold_out_says_how_many_there_were() {
        assertThat(coupon(new IssueLimit(5, 4)).isSoldOut()).isFalse();
        assertThat(coupon(null).isSoldOut()).isFalse();

        Coupon soldOut = coupon(new IssueLimit(5, 5));

        assertThat(soldOut.isSoldOut()).isTrue();
        assertThat(soldOut.soldOut().values())
                .containsOnly(entry("coupon", 7L), entry("total", 5L), entry("available", 0));
    }

    private static Coupon coupon(@Nullable IssueLimit limit) {
        CouponTerms terms = NewCoupon.of("Tenth", DiscountRule.percent(10), NOON.plusSeconds(1))
                .terms();
        return new Coupon(new CouponId(7), terms, limit, NOON);
    }
}
