package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rows that a use case decides on are locked before it decides: it waits for whoever has one of them, and says for
 * which. Constraints would catch some of the decisions that an unlocked read leads to, but only at the last moment, and
 * in a transaction of the host's nobody could try again.
 */
@Tag("T1")
@Tag("T4")
class RowsDecidedOnTest extends ShopTest {
    private UserId ann = new UserId("ann");
    private Product product = nothing();
    private OptionId mug = new OptionId(1);
    private CommerceFacade impatient = nothing();

    @BeforeEach
    void a_buyer_a_mug_and_no_patience() {
        ann = user("ann", 10_000);
        product = product("MUG", 100, 10);
        mug = product.option("MUG").id();
        impatient = open(IMPATIENT);
    }

    @Test
    void orders_are_decided_on_under_their_lock() {
        Order pending = pending();
        Order paid = paid();

        waitsFor(
                LockOrder.ORDER,
                row("orders", pending),
                () -> impatient.orders().pay(PayOrder.by(ann, pending.id())));
        waitsFor(LockOrder.ORDER, row("orders", paid), () -> impatient.orders().cancel(CancelOrder.by(ann, paid.id())));
    }

    @Test
    @Tag("M6")
    void returns_are_decided_on_under_the_locks_of_order_owner_and_stock() {
        Order paid = paid();
        ReturnItems restocked = ReturnItems.of(paid.id()).line(1, 1).restocked();

        waitsFor(LockOrder.ORDER, row("orders", paid), () -> impatient.orders().giveBack(restocked));
        waitsFor(
                LockOrder.USER,
                "users where id = 'ann'",
                () -> impatient.orders().giveBack(restocked));
        waitsFor(
                LockOrder.STOCK,
                "stock where option_id = " + mug,
                () -> impatient.orders().giveBack(restocked));
    }

    @Test
    @Tag("M2")
    void a_payment_from_outside_waits_for_the_owner_only_if_it_takes_a_coupon_or_from_the_balance() {
        String owner = "users where id = 'ann'";
        BeginPayment byCard = byCard(pending());
        UserCouponId coupon = shop.coupons().issue(ann, tenth().id()).id();

        waitsFor(LockOrder.USER, owner, () -> impatient.payments().begin(byCard.withBalance(won(1))));
        waitsFor(LockOrder.USER, owner, () -> impatient.payments().begin(byCard.withCoupon(coupon)));
        if (database != Database.H2_IN_FILE) { // in which one transaction at a time writes, whatever it is about
            whileLocked(owner, () -> impatient.payments().begin(byCard.withAmount(won(1))));
        }

        Payment reduced = shop.payments().begin(byCard(pending()).withCoupon(coupon));
        waitsFor(LockOrder.USER, owner, () -> impatient.payments().fail(FailPayment.of(reduced.id())));
    }

    @Test
    void balances_and_carts_are_decided_on_under_the_lock_of_their_user() {
        String row = "users where id = 'ann'";

        waitsFor(LockOrder.USER, row, () -> impatient.users().topUp(TopUp.of(ann, won(1))));
        waitsFor(LockOrder.USER, row, () -> impatient.carts().add(AddToCart.of(ann, mug, 1)));
    }

    @Test
    void stock_is_decided_on_under_its_lock() {
        String row = "stock where option_id = " + mug;

        waitsFor(
                LockOrder.STOCK,
                row,
                () -> impatient.orders().place(PlaceOrder.by(ann).line(mug, 1)));
        waitsFor(LockOrder.STOCK, row, () -> impatient.products().adjustStock(AdjustStock.of(mug, -1, "broken")));
    }

    @Test
    void products_are_decided_on_under_their_lock() {
        waitsFor(
                LockOrder.PRODUCT,
                "products where id = " + product.id(),
                () -> impatient
                        .products()
                        .change(product.id(), ProductChange.none().withPrice(won(200))));
        waitsFor(
                LockOrder.PRODUCT,
                "products where id = " + product.id(),
                () -> impatient.backOffice().changeReference(mug, Reference.of("ERP-1")));
    }

    @Test
    void what_is_left_of_a_coupon_is_decided_on_under_its_lock() {
        Coupon coupon = tenth();

        waitsFor(
                LockOrder.COUPON,
                "coupons where id = " + coupon.id(),
                () -> impatient.coupons().issue(ann, coupon.id()));
    }

    @Test
    void dead_letters_are_decided_on_under_their_lock() {
        Order paid = paid();
        shop.jobs()
                .deliverEvents(event -> {
                    throw new IllegalStateException("broker is down");
                })
                .retrying(new DeliveryRetry(1, Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .call();

        waitsFor(
                LockOrder.EVENT,
                "order_events where order_id = " + paid.id(),
                () -> impatient.deadLetters().retry(paid.id()));
    }

    @Test
    void whether_a_day_has_its_snapshot_is_decided_under_a_lock() {
        waitsFor(
                LockOrder.POPULARITY,
                "shop",
                () -> impatient.jobs().snapshotPopularProducts().call());
    }

    /** The use case gives up on these rows, which somebody else has locked; the audit finds nothing written. */
    private void waitsFor(LockOrder resource, String rows, ThrowingCallable useCase) {
        whileLocked(
                rows,
                () -> assertThatThrownBy(useCase)
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                failure -> assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT))
                        .hasMessageContaining("waiting for " + resource));
    }

    private Coupon tenth() {
        return shop.coupons()
                .create(NewCoupon.of(
                                "Tenth",
                                DiscountRule.percent(10),
                                clock.instant().plusSeconds(60))
                        .limitedTo(1));
    }

    private static String row(String table, Order order) {
        return table + " where id = " + order.id();
    }

    private Order pending() {
        return shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    private BeginPayment byCard(Order order) {
        return BeginPayment.by(ann, order.id(), "card");
    }

    private Order paid() {
        return shop.orders().pay(PayOrder.by(ann, pending().id())).order();
    }
}
