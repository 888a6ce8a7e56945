package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A healthy shop in which everything has happened, to be damaged in one way by each test. */
public abstract class DamagedShopTest extends ShopTest {
    public Order paid;
    public Order pending;
    public Order reduced;
    public UserCouponId coupon;
    private Checkpoint checkpoint = Checkpoint.NONE;

    /** Bob pays with a coupon, is given it back, and pays with it again. */
    @BeforeEach
    public void an_order_paid_with_a_coupon() {
        OptionId cup = product("CUP", 1_000, 10).option("CUP").id();
        UserId bob = user("bob", 0);
        NewCoupon free = NewCoupon.of(
                        "Free", DiscountRule.percent(100), clock.instant().plus(Duration.ofDays(1)))
                .limitedTo(5);
        coupon = shop.coupons().issue(bob, shop.coupons().create(free).id()).id();
        Order returned = shop.orders().place(PlaceOrder.by(bob).line(cup, 1));
        shop.orders().pay(PayOrder.by(bob, returned.id()).withCoupon(coupon));
        shop.orders().cancel(CancelOrder.by(bob, returned.id()));
        reduced = shop.orders().place(PlaceOrder.by(bob).line(cup, 1));
        shop.orders().pay(PayOrder.by(bob, reduced.id()).withCoupon(coupon));
        shop.carts().add(AddToCart.of(bob, cup, 1));
    }

    @BeforeEach
    public void a_shop_in_which_everything_has_happened() {
        OptionId mug = product("MUG", 1_000, 10).option("MUG").id();
        UserId ann = user("ann", 50_000);
        shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        clock.advance(Duration.ofMinutes(10));
        shop.jobs().expireOverdueOrders().call();
        Order cancelled = shop.orders().place(PlaceOrder.by(ann).line(mug, 2));
        shop.orders().cancel(CancelOrder.by(ann, cancelled.id()));
        paid = shop.orders().place(PlaceOrder.by(ann).line(mug, 3));
        shop.orders().pay(PayOrder.by(ann, paid.id()));
        pending = shop.orders().place(PlaceOrder.by(ann).line(mug, 4));
        Audit.Report healthy = shop.jobs().audit().call();
        assertThat(healthy.isClean()).isTrue();
        checkpoint = healthy.checkpoint();
    }

    /** The damage is the point of these tests. */
    @Override
    public List<Violation> violations() {
        return List.of();
    }

    /**
     * The audit says that this invariant is broken, and by which row; so does the audit of what has changed, which may
     * tell a wrong figure by the payment it comes from.
     */
    public void found(Invariant invariant, String column, String value) {
        List<Violation> violations = shop.jobs().audit().inChunksOf(3).call().violations();
        assertThat(violations).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.row()).containsEntry(column, value);
        });
        assertThat(shop.jobs().audit().after(checkpoint).call().violations())
                .extracting(Violation::invariant)
                .containsAnyOf(
                        invariant,
                        invariant == Invariant.FIGURES_EQUAL_LEDGER ? Invariant.PAYMENTS_MATCH_ORDERS : invariant);
    }
}
