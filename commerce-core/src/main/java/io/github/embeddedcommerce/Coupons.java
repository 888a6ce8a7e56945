package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.store.CouponForUser;
import io.github.embeddedcommerce.usecase.ChangeCouponTotals;
import io.github.embeddedcommerce.usecase.IssueCoupons;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The use cases of coupons: created once, issued first come, first served, and used with {@link Orders#pay}. Each is
 * one transaction. Thread-safe.
 */
public final class Coupons {
    private static final String LIST = "coupons";

    private final UseCaseContext context;
    private final IssueCoupons issue;
    private final ChangeCouponTotals changeTotal;

    Coupons(UseCaseContext context) {
        this.context = context;
        this.issue = new IssueCoupons(context);
        this.changeTotal = new ChangeCouponTotals(context);
    }

    /**
     * Creates a coupon, to be issued from now on.
     *
     * @return the coupon, with the id it was given
     * @throws CommerceException VALIDATION_ERROR if an amount is in another currency, or its expiry has passed
     */
    public Coupon create(NewCoupon coupon) {
        required(coupon, "coupon");
        inCurrency(coupon.terms().discount().fixed(), "terms.discount.fixed");
        inCurrency(coupon.terms().discount().maximum(), "terms.discount.maximum");
        inCurrency(coupon.terms().minimumTotal(), "terms.minimumTotal");
        Instant now = context.now();
        if (coupon.terms().validity().isOver(now)) {
            throw Validation.refusal(
                    "terms.validity.expiresAt",
                    "must be in the future, it is " + coupon.terms().validity().expiresAt(),
                    Map.of("value", coupon.terms().validity().expiresAt().toString()));
        }
        return context.transactions().run("coupons.create", stores -> {
            CouponId id = stores.coupons().insert(coupon, now);
            return stores.coupons().find(Set.of(id)).values().iterator().next();
        });
    }

    /**
     * Changes how many of a limited coupon can be issued. A coupon without a limit keeps none, because nobody has kept
     * count of it, and a limited one keeps a limit.
     *
     * @param total at least what is issued, at most {@link NewCoupon#MAX_TOTAL}
     * @return the coupon, with its new total
     * @throws CommerceException VALIDATION_ERROR if fewer than are issued or for a coupon without a limit,
     *     COUPON_INFO_NOT_FOUND
     */
    public Coupon changeTotal(CouponId coupon, long total) {
        required(coupon, "coupon");
        Validation.range(total, "total", 0, NewCoupon.MAX_TOTAL);
        return changeTotal.change(coupon, total);
    }

    /** The coupon with this id, with what is left of it now; empty if there is none. */
    public Optional<Coupon> find(CouponId coupon) {
        required(coupon, "coupon");
        return context.transactions()
                .run(
                        "coupons.find",
                        stores -> Optional.ofNullable(
                                stores.coupons().find(Set.of(coupon)).get(coupon)));
    }

    /**
     * The coupon with this id, with what is left of it now.
     *
     * @throws CommerceException COUPON_INFO_NOT_FOUND
     */
    public Coupon get(CouponId coupon) {
        return find(coupon).orElseThrow(() -> Coupon.notFound(coupon));
    }

    /**
     * Issues a coupon to a user, first come, first served: each user gets it at most once, and however many ask at the
     * same time, exactly as many as there are get one. It can be issued before its first valid time, but not used.
     *
     * <p>Those who ask for a limited coupon wait for each other, only for the moment of counting. A coupon without a
     * limit has no counter, and nobody waits.
     *
     * @return the user's coupon
     * @throws CommerceException ALREADY_ISSUED, COUPON_SOLD_OUT, EXPIRED_COUPON, COUPON_INFO_NOT_FOUND, USER_NOT_FOUND
     */
    public UserCoupon issue(UserId user, CouponId coupon) {
        required(user, "user");
        required(coupon, "coupon");
        return context.perform(issue, new CouponForUser(user, coupon));
    }

    /** A user's coupons, the latest issued first; empty if the user is unknown. */
    public Page<UserCoupon> list(UserId user, PageRequest page) {
        return list(user, EnumSet.allOf(CouponStatus.class), page);
    }

    /** A user's coupons that have this status now, the latest issued first; empty if the user is unknown. */
    public Page<UserCoupon> list(UserId user, CouponStatus status, PageRequest page) {
        return list(user, Set.of(required(status, "status")), page);
    }

    private Page<UserCoupon> list(UserId user, Set<CouponStatus> statuses, PageRequest page) {
        required(user, "user");
        long below = required(page, "page").below(LIST);
        List<UserCoupon> found = context.transactions()
                .run(
                        "coupons.list",
                        stores -> stores.coupons().list(user, statuses, context.now(), below, page.size() + 1));
        return Page.of(
                found,
                page.size(),
                coupon -> Cursor.behind(LIST, List.of(coupon.id().value())));
    }

    private void inCurrency(@Nullable Money amount, String field) {
        if (amount != null) {
            context.settings().inCurrency(amount, field);
        }
    }
}
