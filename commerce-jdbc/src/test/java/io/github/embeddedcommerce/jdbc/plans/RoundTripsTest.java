package io.github.embeddedcommerce.jdbc.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopFixture;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a use case costs in round trips to the database, commit included, as docs/round-trips.md promises. */
@Tag("T1")
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"POSTGRESQL", "MARIADB"})
class RoundTripsTest extends ShopFixture {
    private final List<String> trips = new ArrayList<>();
    private List<OptionId> options = List.of();
    private UserId ann = new UserId("ann");

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        WatchedDataSource watched = RoundTrips.watched(database, pool);
        CommerceFacade opened =
                JdbcCommerce.using(watched).settings(settings).clock(clock).build();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                if (!isSetup(trip)) {
                    trips.add(trip);
                }
            }
        });
        return opened;
    }

    @BeforeEach
    void a_few_options_and_a_user() {
        options = IntStream.range(0, 20)
                .mapToObj(n -> product("P" + n, 1, 1_000).option("P" + n).id())
                .toList();
        user("ann", 1_000_000);
        trips.clear();
    }

    @Test
    void placing_an_order_of_any_number_of_lines_takes_4() {
        place(1);
        assertThat(trips).hasSize(4);
        trips.clear();
        place(20);
        assertThat(trips).hasSize(4);
    }

    @Test
    @Tag("S5")
    void being_refused_an_order_for_lack_of_stock_takes_5() {
        refused(
                ErrorCode.INSUFFICIENT_STOCK,
                () -> shop.orders()
                        .place(PlaceOrder.by(ann).line(options.get(0), 1_001).line(options.get(1), 1)));
        assertThat(trips).hasSize(5);
    }

    @Test
    void paying_takes_4() {
        Order order = place(20);
        trips.clear();

        shop.orders().pay(PayOrder.by(ann, order.id()));

        assertThat(trips).hasSize(4);
    }

    @Test
    void paying_with_a_coupon_takes_5() {
        UserCouponId tenth = issued(DiscountRule.percent(10));
        UserCouponId whole = issued(DiscountRule.percent(100));
        Order first = place(20);
        Order second = place(20);
        trips.clear();

        shop.orders().pay(PayOrder.by(ann, first.id()).withCoupon(tenth));
        assertThat(trips).hasSize(5);
        trips.clear();
        shop.orders().pay(PayOrder.by(ann, second.id()).withCoupon(whole));
        assertThat(trips).hasSize(5);
    }

    @Test
    void issuing_a_coupon_takes_3_with_a_limit_and_without() {
        NewCoupon any =
                NewCoupon.of("Any", DiscountRule.percent(10), clock.instant().plusSeconds(60));
        CouponId unlimited = shop.coupons().create(any).id();
        CouponId limited = shop.coupons().create(any.limitedTo(1)).id();
        trips.clear();

        shop.coupons().issue(ann, unlimited);
        assertThat(trips).hasSize(3);
        trips.clear();
        shop.coupons().issue(ann, limited);
        assertThat(trips).hasSize(3);
    }

    @Test
    void a_cart_of_any_size_is_added_to_in_4_viewed_in_2_and_ordered_in_5() {
        for (OptionId option : options) {
            trips.clear();
            shop.carts().add(AddToCart.of(ann, option, 1));
            assertThat(trips).hasSize(4);
        }
        trips.clear();
        shop.carts().get(ann);
        assertThat(trips).hasSize(2);
        trips.clear();
        shop.orders().place(PlaceOrder.fromCart(ann));
        assertThat(trips).hasSize(5);
    }

    @Test
    void cancelling_a_paid_order_takes_5_with_a_coupon_6() {
        Order plain = place(20);
        Order reduced = place(20);
        UserCouponId tenth = issued(DiscountRule.percent(10));
        shop.orders().pay(PayOrder.by(ann, plain.id()));
        shop.orders().pay(PayOrder.by(ann, reduced.id()).withCoupon(tenth));
        trips.clear();

        shop.orders().cancel(CancelOrder.by(ann, plain.id()));
        assertThat(trips).hasSize(5);
        trips.clear();
        shop.orders().cancel(CancelOrder.by(ann, reduced.id()));
        assertThat(trips).hasSize(6);
    }

    @Test
    void cancelling_a_pending_order_takes_3() {
        Order order = place(20);
        trips.clear();

        shop.orders().cancel(CancelOrder.by(ann, order.id()));

        assertThat(trips).hasSize(3);
    }

    @Test
    void topping_up_takes_3() {
        shop.users().topUp(TopUp.of(ann, won(1)));

        assertThat(trips).hasSize(3);
    }

    @Test
    @Tag("R5")
    void a_reference_or_a_note_costs_nothing_and_a_unique_reference_1() {
        PlaceOrder request = PlaceOrder.by(ann).line(options.get(0), 1);
        shop.orders().place(request.withReference(Reference.of("campaign")).withNote("gift"));
        assertThat(trips).hasSize(4);
        trips.clear();
        shop.orders().place(request.withReference(Reference.unique("ERP-1")));
        assertThat(trips).hasSize(4 + 1);
    }

    @Test
    @Tag("T5")
    void an_idempotency_key_costs_1_and_an_answer_that_is_given_again_takes_4() {
        PlaceOrder request = PlaceOrder.by(ann).line(options.get(0), 1);
        IdempotencyKey key = new IdempotencyKey("key");
        shop.orders().place(request.withKey(key));
        assertThat(trips).hasSize(4 + 1);
        trips.clear();
        shop.orders().place(request.withKey(key));
        assertThat(trips).hasSize(4);
        trips.clear();
        shop.users().topUp(TopUp.of(ann, won(1)).withKey(new IdempotencyKey("another")));
        assertThat(trips).hasSize(3 + 1);
    }

    @Test
    void expiring_a_chunk_takes_4() {
        IntStream.range(0, 30).forEach(n -> place(3));
        clock.advance(Duration.ofMinutes(10));
        trips.clear();

        assertThat(shop.jobs().expireOverdueOrders().call().expired()).isEqualTo(30);

        assertThat(trips).hasSize(4 + LOOKING_FOR_MORE);
    }

    /** What a pool of ours does when a connection is opened, and a pool of the host's costs a transaction. */
    private static boolean isSetup(String trip) {
        return trip.contains("lock_timeout")
                || trip.contains("lock_wait_timeout")
                || trip.contains("isolation")
                || trip.startsWith("do 0");
    }

    /** After the last chunk the job looks once more, finds nothing, and ends its transaction. */
    private static final int LOOKING_FOR_MORE = 2;

    private UserCouponId issued(DiscountRule discount) {
        NewCoupon coupon = NewCoupon.of("Coupon", discount, clock.instant().plusSeconds(60));
        return shop.coupons().issue(ann, shop.coupons().create(coupon).id()).id();
    }

    private Order place(int lines) {
        PlaceOrder request = PlaceOrder.by(ann);
        for (OptionId option : options.subList(0, lines)) {
            request = request.line(option, 1);
        }
        return shop.orders().place(request);
    }
}
