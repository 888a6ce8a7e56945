package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/**
 * A shop in which everything is hours old but one order, which is to be paid much later, and a checkpoint after that.
 */
public abstract class OldShopTest extends ShopTest {
    public OptionId mug = nothing();
    public OptionId cup = nothing();
    public UserId ann = nothing();
    public UserId bob = nothing();
    public Order old = nothing();
    public Order coming = nothing();
    public UserCoupon coupon = nothing();
    public Checkpoint checkpoint = nothing();
    private boolean damaged;

    @BeforeEach
    public void an_old_shop_and_a_checkpoint() {
        shop.close();
        shop = open(CommerceSettings.defaults().withTimeToPay(Duration.ofDays(1)));
        mug = product("MUG", 100, 100).option("MUG").id();
        cup = product("CUP", 50, 100).option("CUP").id();
        ann = user("ann", 10_000);
        bob = user("bob", 10_000);
        coupon = coupon(bob);
        old = paid(ann, mug, 3);
        paid(bob, cup, 2);
        coming = shop.orders().place(PlaceOrder.by(bob).line(cup, 1));
        clock.advance(Duration.ofHours(2));
        checkpoint = clean(shop.jobs().audit());
        clock.advance(Duration.ofHours(1));
    }

    @Override
    public List<Violation> violations() {
        return damaged ? List.of() : super.violations();
    }

    public Audit changes() {
        return shop.jobs().audit().after(checkpoint);
    }

    public static Checkpoint clean(Audit audit) {
        Audit.Report report = audit.call();
        assertThat(report.violations()).isEmpty();
        assertThat(report.isClean()).isTrue();
        return new Checkpoint(report.checkpoint().value());
    }

    public long checked() {
        long[] last = {0};
        clean(changes().reporting(checked -> last[0] = checked));
        return last[0];
    }

    public void found(Invariant invariant, String column, String value) {
        for (Audit audit :
                List.of(changes(), changes().inChunksOf(1), shop.jobs().audit())) {
            assertThat(audit.call().violations()).anySatisfy(violation -> {
                assertThat(violation.invariant()).isEqualTo(invariant);
                assertThat(violation.row()).containsEntry(column, value);
            });
        }
    }

    public static void found(Audit.Report report, Invariant invariant) {
        assertThat(report.violations()).extracting(Violation::invariant).contains(invariant);
    }

    public void damage(String statement) {
        damaged = true;
        sql(statement);
    }

    public Order paid(UserId user, OptionId option, long units) {
        Order order = shop.orders().place(PlaceOrder.by(user).line(option, units));
        return shop.orders().pay(PayOrder.by(user, order.id())).order();
    }

    public UserCoupon coupon(UserId user) {
        NewCoupon terms = NewCoupon.of(
                        "Ten", DiscountRule.percent(10), clock.instant().plus(Duration.ofDays(30)))
                .limitedTo(5);
        return shop.coupons().issue(user, shop.coupons().create(terms).id());
    }

    public void purge() {
        CommerceFacade forgetful = open(CommerceSettings.defaults()
                .withRetention(new Retention(null, null, null, null, null).withBalanceHistory(Duration.ofDays(1))));
        forgetful.jobs().purgeHistory().call();
        forgetful.close();
    }

    /** A host whose clock stands at this time. */
    public CommerceFacade openAt(Instant time) {
        return JdbcCommerce.using(pool).clock(Clock.fixed(time, ZoneOffset.UTC)).build();
    }
}
