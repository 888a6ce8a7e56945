package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.CouponTerms;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.Validity;
import io.github.embeddedcommerce.jdbc.model.ReferenceCoupons.Promise;
import io.github.embeddedcommerce.user.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What happens to coupons until they are used. */
final class CouponSteps {
    private CouponSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(2, "create coupon", coupons(), CouponSteps::create),
                Step.of(1, "look at coupon", Step.picks(), CouponSteps::get),
                Step.of(2, "change total", totals(), CouponSteps::changeTotal),
                Step.of(7, "issue", issues(), CouponSteps::issue),
                Step.of(2, "list coupons", lists(), CouponSteps::list));
    }

    /** A coupon to be created; times in minutes from then. */
    private record Wanted(
            Promise promise,
            @Nullable Integer from,
            int until,
            @Nullable Long total) {}

    private record Issue(int user, int coupon) {}

    private record Listing(int user, @Nullable CouponStatus status, int size) {}

    private static Arbitrary<Wanted> coupons() {
        Arbitrary<Promise> rates = Combinators.combine(
                        Arbitraries.of(1_000L, 10_000L, 3_333L, 1L, 5_050L),
                        Arbitraries.just(0L),
                        Arbitraries.of(50L, 1L, 100_000L).injectNull(0.5),
                        Arbitraries.of(100L, 1_000L, 0L).injectNull(0.5))
                .as(Promise::new);
        Arbitrary<Promise> amounts = Combinators.combine(
                        Arbitraries.just(0L),
                        Arbitraries.of(100L, 1L, 2_000L),
                        Arbitraries.of(50L, 100_000L).injectNull(0.8),
                        Arbitraries.of(100L, 1_000L).injectNull(0.5))
                .as(Promise::new);
        return Combinators.combine(
                        Arbitraries.oneOf(rates, amounts),
                        Arbitraries.of(0, 5, 20).injectNull(0.8),
                        Step.mostly(Arbitraries.of(20, 60, 5, 1_440), Arbitraries.of(0, -5)),
                        Arbitraries.of(1L, 2L, 0L, 3L).injectNull(0.3))
                .as(Wanted::new);
    }

    private static Arbitrary<ProductSteps.Some> totals() {
        return Combinators.combine(Step.picks(), Arbitraries.of(2L, 1L, 0L, 5L, -1L))
                .as(ProductSteps.Some::new);
    }

    private static Arbitrary<Issue> issues() {
        return Combinators.combine(Step.users(), Step.picks()).as(Issue::new);
    }

    private static Arbitrary<Listing> lists() {
        return Combinators.combine(
                        Step.users(), Arbitraries.of(CouponStatus.class).injectNull(0.3), Step.pageSizes())
                .as(Listing::new);
    }

    /** Seventeen percent off for the first two, of which shares and refunds of most orders have to be rounded. */
    static void create(World world) {
        create(world, new Wanted(new Promise(1_700, 0, null, null), null, 60, 2L));
    }

    private static void create(World world, Wanted wanted) {
        Instant now = world.expected.now;
        Integer minutes = wanted.from();
        Instant from = minutes == null ? null : now.plusSeconds(60L * minutes);
        Instant until = now.plusSeconds(60L * wanted.until());
        world.compare(
                "create " + wanted,
                () -> world.shop
                        .coupons()
                        .create(new NewCoupon(
                                new CouponTerms(
                                        "coupon",
                                        rule(wanted.promise()),
                                        new Validity(from, until),
                                        won(wanted.promise().minimum())),
                                wanted.total())),
                Answers::of,
                made -> world.expected.coupons.create(
                        made == null ? 0 : World.given(made.id().value(), world.expected.coupons.kinds),
                        wanted.promise(),
                        from,
                        until,
                        wanted.total()));
    }

    private static DiscountRule rule(Promise promise) {
        return new DiscountRule(
                promise.rate() == 0 ? null : BigDecimal.valueOf(promise.rate(), 2),
                promise.rate() == 0 ? won(promise.fixed()) : null,
                won(promise.maximum()));
    }

    private static @Nullable Money won(@Nullable Long amount) {
        return amount == null ? null : ProductSteps.won(amount);
    }

    private static void get(World world, int choice) {
        long id = World.pick(choice, world.expected.coupons.kinds);
        world.compare(
                "get coupon " + id,
                () -> world.shop.coupons().get(new CouponId(id)),
                Answers::of,
                () -> world.expected.coupons.get(id));
    }

    private static void changeTotal(World world, ProductSteps.Some total) {
        long id = World.pick(total.choice(), world.expected.coupons.kinds);
        world.compare(
                "change the total of coupon " + id + " to " + total.amount(),
                () -> world.shop.coupons().changeTotal(new CouponId(id), total.amount()),
                Answers::of,
                () -> world.expected.coupons.changeTotal(id, total.amount()));
    }

    private static void issue(World world, Issue issue) {
        UserId user = World.user(issue.user());
        long id = World.pick(issue.coupon(), world.expected.coupons.kinds);
        world.compare(
                "issue coupon " + id + " to " + user,
                () -> world.shop.coupons().issue(user, new CouponId(id)),
                coupon -> Answers.of(coupon, world.expected.now),
                made -> world.expected.coupons.issue(
                        made == null ? 0 : World.given(made.id().value(), world.expected.coupons.issued),
                        user.value(),
                        id));
    }

    private static void list(World world, Listing listing) {
        UserId user = World.user(listing.user());
        CouponStatus status = listing.status();
        world.compare(
                "list coupons " + listing,
                () -> Answers.pages(
                        listing.size(),
                        page -> status == null
                                ? world.shop.coupons().list(user, page)
                                : world.shop.coupons().list(user, status, page),
                        coupon -> Answers.of(coupon, world.expected.now)),
                pages -> pages,
                () -> Told.pages(
                        world.expected.coupons.list(user.value(), status == null ? null : status.name()),
                        listing.size()));
    }
}
