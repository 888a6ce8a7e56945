package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_ISSUED;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_INFO_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_SOLD_OUT;
import static io.github.embeddedcommerce.error.ErrorCode.EXPIRED_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Creating, issuing and listing coupons. */
class CouponsTest extends ShopTest {
    private static final DiscountRule TENTH = DiscountRule.percent(10);

    UserId ann;
    UserId bob;
    Instant tomorrow;

    @BeforeEach
    void two_users() {
        ann = user("ann", 0);
        bob = user("bob", 0);
        tomorrow = clock.instant().plus(Duration.ofDays(1));
    }

    @Test
    @Tag("K1")
    void a_coupon_is_found_as_it_was_created() {
        DiscountRule rate = DiscountRule.percent(new BigDecimal("12.5")).atMost(won(5_000));
        Coupon coupon = shop.coupons()
                .create(NewCoupon.of("Spring", rate, tomorrow)
                        .limitedTo(100)
                        .validFrom(clock.instant().plusSeconds(1))
                        .forOrdersFrom(won(20_000)));

        assertThat(shop.coupons().get(coupon.id())).isEqualTo(coupon);
        assertThat(coupon.terms().discount().percent()).isEqualTo(new BigDecimal("12.50"));
        assertThat(coupon.terms().discount().maximum()).isEqualTo(won(5_000));
        assertThat(coupon.terms().validity().expiresAt()).isEqualTo(tomorrow);
        assertThat(coupon.terms().minimumTotal()).isEqualTo(won(20_000));
        assertThat(coupon.remaining()).hasValue(100);
    }

    @Test
    @Tag("K1")
    void the_plainest_coupon_takes_an_amount_off_anything_without_a_limit() {
        Coupon coupon = shop.coupons().create(NewCoupon.of("Thanks", DiscountRule.amount(won(1)), tomorrow));

        assertThat(shop.coupons().find(coupon.id())).contains(coupon);
        assertThat(coupon.terms().discount()).isEqualTo(new DiscountRule(null, won(1), null));
        assertThat(coupon.terms().minimumTotal()).isNull();
        assertThat(coupon.terms().validity().from()).isNull();
        assertThat(coupon.remaining()).isEmpty();
    }

    @Test
    @Tag("K1")
    @Tag("E2")
    void what_cannot_be_a_coupon_is_refused() {
        Money dollar = Money.of(CurrencyUnit.USD, 1);
        NewCoupon good = NewCoupon.of("Good", TENTH, tomorrow);
        refused(
                VALIDATION_ERROR,
                () -> shop.coupons().create(NewCoupon.of("Dollars", DiscountRule.amount(dollar), tomorrow)));
        refused(VALIDATION_ERROR, () -> shop.coupons().create(NewCoupon.of("Dollars", TENTH.atMost(dollar), tomorrow)));
        refused(VALIDATION_ERROR, () -> shop.coupons().create(good.forOrdersFrom(dollar)));
        refused(VALIDATION_ERROR, () -> shop.coupons().create(NewCoupon.of("Late", TENTH, clock.instant())));
        refused(VALIDATION_ERROR, () -> shop.coupons().create(nothing()));
        refused(VALIDATION_ERROR, () -> shop.coupons().find(nothing()));
        refused(COUPON_INFO_NOT_FOUND, () -> shop.coupons().get(new CouponId(1)));
    }

    @Test
    @Tag("K1")
    void the_total_can_be_changed_but_not_below_what_is_issued() {
        CouponId coupon = limited(1);
        shop.coupons().issue(ann, coupon);
        refused(COUPON_SOLD_OUT, () -> shop.coupons().issue(bob, coupon));
        refused(VALIDATION_ERROR, () -> shop.coupons().changeTotal(coupon, 0));
        refused(VALIDATION_ERROR, () -> shop.coupons().changeTotal(coupon, -1));
        refused(VALIDATION_ERROR, () -> shop.coupons().changeTotal(coupon, NewCoupon.MAX_TOTAL + 1));
        refused(VALIDATION_ERROR, () -> shop.coupons().changeTotal(nothing(), 1));
        refused(COUPON_INFO_NOT_FOUND, () -> shop.coupons().changeTotal(new CouponId(999999999), 1));

        assertThat(shop.coupons().changeTotal(coupon, 2).remaining()).hasValue(1);
        shop.coupons().issue(bob, coupon);
        assertThat(shop.coupons().changeTotal(coupon, 2).remaining()).hasValue(0);
    }

    @Test
    @Tag("K1")
    void a_coupon_without_a_limit_keeps_none() {
        CouponId coupon = unlimited("Any");
        shop.coupons().issue(ann, coupon);

        refused(VALIDATION_ERROR, () -> shop.coupons().changeTotal(coupon, 10));

        assertThat(shop.coupons().get(coupon).remaining()).isEmpty();
    }

    @Test
    @Tag("K2")
    @Tag("E2")
    void whoever_cannot_have_a_coupon_is_told_why() {
        CouponId one = limited(1);
        CouponId any = unlimited("Any");
        UserCoupon issued = shop.coupons().issue(ann, one);
        shop.coupons().issue(ann, any);

        assertThat(issued.user()).isEqualTo(ann);
        assertThat(issued.coupon().remaining()).hasValue(0);
        refused(ALREADY_ISSUED, () -> shop.coupons().issue(ann, one));
        refused(ALREADY_ISSUED, () -> shop.coupons().issue(ann, any));
        refused(COUPON_SOLD_OUT, () -> shop.coupons().issue(bob, one));
        refused(COUPON_SOLD_OUT, () -> shop.coupons().issue(bob, limited(0)));
        refused(COUPON_INFO_NOT_FOUND, () -> shop.coupons().issue(bob, new CouponId(999999999)));
        refused(USER_NOT_FOUND, () -> shop.coupons().issue(new UserId("nobody"), any));
        refused(VALIDATION_ERROR, () -> shop.coupons().issue(nothing(), any));
        refused(VALIDATION_ERROR, () -> shop.coupons().issue(ann, nothing()));
        clock.advance(Duration.ofDays(1));
        refused(EXPIRED_COUPON, () -> shop.coupons().issue(bob, any));
        assertThat(shop.coupons().list(bob, PageRequest.first()).items()).isEmpty();
    }

    @Test
    @Tag("K2")
    void the_last_instant_of_a_coupon_is_the_one_before_it_expires() {
        CouponId any = unlimited("Any");
        clock.advance(Duration.ofDays(1).minusNanos(1_000));

        assertThat(shop.coupons().issue(ann, any).status(clock.instant())).isEqualTo(CouponStatus.AVAILABLE);
    }

    @Test
    @Tag("K3")
    void a_users_coupons_are_listed_by_their_status() {
        OptionId mug = product("MUG", 1_000, 10).option("MUG").id();
        UserCoupon used = shop.coupons().issue(ann, unlimited("used"));
        UserCoupon unused = shop.coupons().issue(ann, unlimited("unused"));
        UserCoupon lasting = shop.coupons()
                .issue(
                        ann,
                        shop.coupons()
                                .create(NewCoupon.of("lasting", TENTH, tomorrow.plusSeconds(1)))
                                .id());
        shop.coupons().issue(bob, unused.coupon().id());
        shop.users().topUp(TopUp.of(ann, won(900)));
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        shop.orders().pay(PayOrder.by(ann, order.id()).withCoupon(used.id()));

        assertThat(listed(CouponStatus.AVAILABLE)).containsExactly(lasting, unused);
        assertThat(listed(CouponStatus.USED))
                .containsExactly(CouponPaymentsTest.used(used, order.id(), clock.instant()));
        assertThat(listed(CouponStatus.EXPIRED)).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(listed(CouponStatus.AVAILABLE)).containsExactly(lasting);
        assertThat(listed(CouponStatus.EXPIRED)).containsExactly(unused);
        assertThat(listed(CouponStatus.USED)).hasSize(1);
        assertThat(shop.coupons().list(ann, PageRequest.first()).items()).hasSize(3);
    }

    @Test
    @Tag("K3")
    void a_long_list_comes_in_pages() {
        List<UserCoupon> issued = IntStream.range(0, 5)
                .mapToObj(n -> shop.coupons().issue(ann, unlimited("c" + n)))
                .toList();

        List<UserCoupon> listed = new ArrayList<>();
        Cursor next = null;
        do {
            Page<UserCoupon> page = shop.coupons()
                    .list(ann, CouponStatus.AVAILABLE, PageRequest.first(2).after(next));
            listed.addAll(page.items());
            next = page.next();
        } while (next != null);

        assertThat(listed).hasSize(5).containsAll(issued).isSortedAccordingTo((a, b) -> b.id().compareTo(a.id()));
    }

    @Test
    @Tag("K3")
    @Tag("E2")
    void a_list_that_cannot_be_is_refused() {
        Cursor other = Cursor.behind("orders", List.of(3L));
        refused(VALIDATION_ERROR, () -> shop.coupons().list(nothing(), PageRequest.first()));
        refused(
                VALIDATION_ERROR,
                () -> shop.coupons().list(ann, ShopTest.<CouponStatus>nothing(), PageRequest.first()));
        refused(VALIDATION_ERROR, () -> shop.coupons().list(ann, nothing()));
        refused(
                VALIDATION_ERROR,
                () -> shop.coupons().list(ann, PageRequest.first().after(other)));
        assertThat(shop.coupons()
                        .list(new UserId("nobody"), PageRequest.first())
                        .items())
                .isEmpty();
    }

    @Test
    @Tag("K2")
    @Tag("T1")
    void a_thousand_requests_for_a_hundred_coupons_issue_exactly_a_hundred() {
        CouponId coupon = limited(100);
        List<UserId> users =
                IntStream.range(0, 250).mapToObj(n -> user("u" + n, 0)).toList();
        List<UserId> requests =
                IntStream.range(0, 1_000).mapToObj(n -> users.get(n * 7 % 250)).toList();

        Together<UserCoupon> issued =
                Together.each(requests, user -> shop.coupons().issue(user, coupon));

        assertThat(issued.results()).hasSize(100);
        assertThat(issued.results().stream().map(UserCoupon::user)).doesNotHaveDuplicates();
        assertThat(issued.refusals()).hasSize(900).containsOnly(COUPON_SOLD_OUT, ALREADY_ISSUED);
        assertThat(shop.coupons().get(coupon).remaining()).hasValue(0);
    }

    @Test
    @Tag("K2")
    void of_two_who_want_the_last_one_exactly_one_gets_it() {
        CouponId coupon = limited(1);

        Together<UserCoupon> issued =
                Together.each(List.of(ann, bob), user -> shop.coupons().issue(user, coupon));

        assertThat(issued.results()).hasSize(1);
        assertThat(issued.refusals()).containsExactly(COUPON_SOLD_OUT);
    }

    @Test
    @Tag("K2")
    void one_user_asking_many_times_at_once_gets_one_even_without_a_limit() {
        CouponId coupon = unlimited("Any");

        Together<UserCoupon> issued = Together.each(
                IntStream.range(0, 16).boxed().toList(), n -> shop.coupons().issue(ann, coupon));

        assertThat(issued.results()).hasSize(1);
        assertThat(issued.refusals()).hasSize(15).containsOnly(ALREADY_ISSUED);
    }

    @Test
    @Tag("K1")
    @Tag("K2")
    void changing_the_total_while_coupons_are_issued_never_goes_below_them() {
        CouponId coupon = limited(10);
        List<UserId> users =
                IntStream.range(0, 30).mapToObj(n -> user("u" + n, 0)).toList();

        Together<Coupon> calls = Together.each(
                users,
                user -> user.value().endsWith("5")
                        ? shop.coupons().changeTotal(coupon, 12)
                        : shop.coupons().issue(user, coupon).coupon());

        assertThat(calls.refusals()).containsOnly(COUPON_SOLD_OUT);
        Coupon after = shop.coupons().get(coupon);
        assertThat(after.limit()).isNotNull();
        assertThat(after.limit().total()).isEqualTo(12);
        assertThat(after.limit().issued()).isBetween(10L, 12L);
    }

    private List<UserCoupon> listed(CouponStatus status) {
        return shop.coupons().list(ann, status, PageRequest.first()).items();
    }

    private CouponId limited(long total) {
        return shop.coupons()
                .create(NewCoupon.of("Limited", TENTH, tomorrow).limitedTo(total))
                .id();
    }

    private CouponId unlimited(String name) {
        return shop.coupons().create(NewCoupon.of(name, TENTH, tomorrow)).id();
    }
}
