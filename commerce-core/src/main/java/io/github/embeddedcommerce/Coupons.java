package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
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
 * Coupons: created, issued first come, first served, and used with {@link Orders#pay}. Each use case is one
 * transaction; a refusal has written nothing. Thread-safe.
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
     * Creates a coupon, which can be issued from now on.
     *
     * @return the coupon, with its id
     * @throws CommerceException VALIDATION_ERROR if the coupon is null, an amount is in another currency, or it would
     *     have expired
     * @throws StorageException if the database could not do it
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
     * Changes how many of a limited coupon can be issued. A coupon without a limit cannot be given one, since its
     * issues are not counted.
     *
     * @param total at least as many as have been issued, at most {@link NewCoupon#MAX_TOTAL}
     * @return the coupon, with its new total
     * @throws CommerceException COUPON_INFO_NOT_FOUND if there is no such coupon
     * @throws CommerceException VALIDATION_ERROR if the coupon is null or has no limit, or the total is out of range
     * @throws StorageException if the database could not do it
     */
    public Coupon changeTotal(CouponId coupon, long total) {
        required(coupon, "coupon");
        Validation.range(total, "total", 0, NewCoupon.MAX_TOTAL);
        return changeTotal.change(coupon, total);
    }

    /**
     * Finds a coupon, with the number issued so far; empty if there is none.
     *
     * @throws CommerceException VALIDATION_ERROR if the coupon is null
     * @throws StorageException if the database could not do it
     */
    public Optional<Coupon> find(CouponId coupon) {
        required(coupon, "coupon");
        return context.transactions()
                .run(
                        "coupons.find",
                        stores -> Optional.ofNullable(
                                stores.coupons().find(Set.of(coupon)).get(coupon)));
    }

    /**
     * Returns a coupon, with the number issued so far.
     *
     * @throws CommerceException COUPON_INFO_NOT_FOUND if there is no such coupon
     * @throws CommerceException VALIDATION_ERROR if the coupon is null
     * @throws StorageException if the database could not do it
     */
    public Coupon get(CouponId coupon) {
        return find(coupon).orElseThrow(() -> Coupon.notFound(coupon));
    }

    /**
     * Issues a coupon to a user, first come, first served: at most one to each user, and never more than the total,
     * however many ask at once. A coupon can be issued before it becomes valid.
     *
     * <p>Issues of a limited coupon wait for each other while they count; those of an unlimited one never do.
     *
     * @return the user's coupon
     * @throws CommerceException ALREADY_ISSUED if the user has this coupon
     * @throws CommerceException COUPON_SOLD_OUT if the total has been issued
     * @throws CommerceException EXPIRED_COUPON if the coupon has expired
     * @throws CommerceException COUPON_INFO_NOT_FOUND if there is no such coupon
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if an argument is null
     * @throws StorageException if the database could not do it
     */
    public UserCoupon issue(UserId user, CouponId coupon) {
        required(user, "user");
        required(coupon, "coupon");
        return context.perform(issue, new CouponForUser(user, coupon));
    }

    /**
     * Lists a user's coupons, the latest issued first; none for an unknown user.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<UserCoupon> list(UserId user, PageRequest page) {
        return list(user, EnumSet.allOf(CouponStatus.class), page);
    }

    /**
     * Lists a user's coupons that have this status now, the latest issued first; none for an unknown user.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
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
