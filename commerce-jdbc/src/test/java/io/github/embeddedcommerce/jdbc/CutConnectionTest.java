package io.github.embeddedcommerce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.Patience;
import io.github.embeddedcommerce.cart.PlaceFromCart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.StorageException.Trouble;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.Payment;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The connection breaks at the n-th round trip of a use case, before it reaches the database or after, for every n: all
 * of the use case has happened or none, the failure says which if it can be known, and the call can be made again.
 */
@Tag("E3")
@Tag("T3")
class CutConnectionTest extends ShopTest {
    private static final Patience ONE_TRY = new Patience(Duration.ofSeconds(5), 1, Duration.ZERO);

    private final Scissors scissors = new Scissors();
    private final AtomicInteger names = new AtomicInteger();
    private HikariDataSource cuttable = new HikariDataSource();
    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");

    @BeforeEach
    void a_pool_whose_connections_can_be_cut() {
        String url = pool.getJdbcUrl();
        WatchedDataSource watched = new WatchedDataSource(() -> DriverManager.getConnection(url));
        HikariConfig config = new HikariConfig();
        config.setDataSource(watched);
        config.setMaximumPoolSize(2);
        cuttable = new HikariDataSource(config);
        watched.tell(scissors);
        mug = product("MUG", 1_000, 1_000).option("MUG").id();
        user("ann", 1_000_000);
    }

    @AfterEach
    void no_connection_is_leaked() {
        assertThat(cuttable.getHikariPoolMXBean().getActiveConnections()).isZero();
        cuttable.close();
    }

    @Test
    void registering_a_product() {
        everywhere(() -> {
            String sku = "SKU-" + names.incrementAndGet();
            return shop -> shop.products()
                    .register(NewProduct.of(sku, "test", won(5))
                            .withOption(sku, 7)
                            .withOption(sku + "-2", 0));
        });
    }

    @Test
    void charging() {
        everywhere(() -> shop -> shop.users().charge(ann, won(10)));
    }

    @Test
    void placing() {
        everywhere(() -> shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1)));
    }

    @Test
    void paying() {
        everywhere(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            return shop -> shop.orders().pay(new Payment(ann, order.id()));
        });
    }

    @Test
    void cancelling() {
        everywhere(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            return shop -> shop.orders().cancel(ann, order.id());
        });
    }

    @Test
    void changing_a_product() {
        ProductId mugs = shop.products()
                .list(ProductQuery.all(), PageRequest.first(1))
                .items()
                .get(0)
                .id();
        everywhere(() -> {
            ProductChange change = ProductChange.none().withPrice(won(names.incrementAndGet()));
            return shop -> shop.products().change(mugs, change);
        });
    }

    @Test
    void adding_an_option() {
        ProductId cup = product("CUP", 1, 1).id();
        everywhere(() -> {
            NewOption option = new NewOption("CUP-" + names.incrementAndGet(), Map.of("color", "red"), 7);
            return shop -> shop.products().addOption(cup, option);
        });
    }

    @Test
    void adjusting_stock() {
        everywhere(() -> shop -> shop.products().adjustStock(mug, -1, "broken"));
    }

    @Test
    void making_a_snapshot_of_popular_products() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        shop.orders().pay(new Payment(ann, order.id()));
        everywhere(() -> {
            clock.advance(Duration.ofDays(1));
            return shop -> shop.jobs().snapshotPopularProducts().call();
        });
    }

    @Test
    void issuing_a_coupon() {
        CouponId coupon = tenth();
        everywhere(() -> {
            UserId user = user("user-" + names.incrementAndGet(), 0);
            return shop -> shop.coupons().issue(user, coupon);
        });
    }

    @Test
    void paying_with_a_coupon() {
        everywhere(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            UserCouponId coupon = shop.coupons().issue(ann, tenth()).id();
            return shop -> shop.orders().pay(new Payment(ann, order.id()).withCoupon(coupon));
        });
    }

    @Test
    void cancelling_what_was_paid_with_a_coupon() {
        everywhere(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            UserCouponId coupon = shop.coupons().issue(ann, tenth()).id();
            shop.orders().pay(new Payment(ann, order.id()).withCoupon(coupon));
            return shop -> shop.orders().cancel(ann, order.id());
        });
    }

    @Test
    void filling_a_cart() {
        everywhere(() -> shop -> shop.carts().add(ann, mug, 1));
    }

    @Test
    void placing_from_a_cart() {
        everywhere(() -> {
            shop.carts().add(ann, mug, 1);
            return shop -> shop.orders().place(PlaceFromCart.allOf(ann));
        });
    }

    @Test
    @Tag("T5")
    void charging_and_adjusting_under_a_key() {
        underKeys(() -> key -> shop -> shop.users().charge(ann, won(10), "", key));
        underKeys(() -> key -> shop -> shop.users().adjust(ann, won(-3), "lost", key));
    }

    @Test
    @Tag("T5")
    void placing_under_a_key() {
        underKeys(() -> key -> shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1), key));
        underKeys(() -> {
            shop.carts().add(ann, mug, 1);
            return key -> shop -> shop.orders().place(PlaceFromCart.allOf(ann), key);
        });
    }

    @Test
    @Tag("T5")
    void paying_and_cancelling_under_a_key() {
        underKeys(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            UserCouponId coupon = shop.coupons().issue(ann, tenth()).id();
            return key -> shop -> shop.orders().pay(new Payment(ann, order.id()).withCoupon(coupon), key);
        });
        underKeys(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            shop.orders().pay(new Payment(ann, order.id()));
            return key -> shop -> shop.orders().cancel(ann, order.id(), key);
        });
    }

    private CouponId tenth() {
        NewCoupon coupon =
                NewCoupon.of("Tenth", DiscountRule.percent(10), clock.instant().plusSeconds(60));
        return shop.coupons().create(coupon.limitedTo(1_000)).id();
    }

    /** What is done to the shop whose connections are cut. */
    private interface Call {
        void make(CommerceFacade shop);
    }

    /** Whatever was cut, and whatever was known of its outcome, the same call with its key is done exactly once. */
    private void underKeys(Supplier<Function<IdempotencyKey, Function<CommerceFacade, ?>>> prepared) {
        CommerceFacade once = open(CommerceSettings.defaults().withPatience(ONE_TRY), cuttable);
        for (boolean before : new boolean[] {true, false}) {
            int trip = 1;
            boolean cut = true;
            while (cut) {
                Function<CommerceFacade, ?> call = prepared.get().apply(IdempotencyKey.random());
                Contents untouched = Contents.of(pool);
                scissors.cut(trip++, before);
                try {
                    assertThat(call.apply(once)).isNotNull();
                } catch (StorageException lost) {
                    assertThat(lost.trouble()).isEqualTo(Trouble.CONNECTION_LOST);
                }
                cut = !scissors.isArmed();
                scissors.rest();
                Object answer = call.apply(once);
                Contents done = Contents.of(pool);
                assertThat(done).isNotEqualTo(untouched);
                assertThat(call.apply(once)).isEqualTo(answer);
                assertThat(Contents.of(pool)).isEqualTo(done);
            }
            assertThat(trip).isGreaterThan(7);
        }
        assertThat(violations()).isEmpty();
    }

    private void everywhere(Supplier<Call> prepared) {
        CommerceFacade once = open(CommerceSettings.defaults().withPatience(ONE_TRY), cuttable);
        CommerceFacade again = open(CommerceSettings.defaults(), cuttable);
        for (boolean before : new boolean[] {true, false}) {
            int trip = 1;
            while (isCut(prepared.get(), once, trip, before)) {
                isCut(prepared.get(), again, trip, before);
                trip++;
            }
            assertThat(trip).isGreaterThan(3);
        }
        assertThat(violations()).isEmpty();
    }

    /** Cuts the connection once. False if the call needs fewer trips than that. */
    private boolean isCut(Call call, CommerceFacade cutShop, int trip, boolean before) {
        Contents untouched = Contents.of(pool);
        scissors.cut(trip, before);
        StorageException failure = null;
        try {
            call.make(cutShop);
        } catch (StorageException lost) {
            failure = lost;
        }
        boolean cut = !scissors.isArmed();
        scissors.rest();
        if (failure == null) {
            assertThat(Contents.of(pool)).isNotEqualTo(untouched);
            return cut;
        }
        assertThat(failure.trouble()).isEqualTo(Trouble.CONNECTION_LOST);
        boolean done = !Contents.of(pool).equals(untouched);
        assertThat(done).isEqualTo(scissors.atCommit() && !before);
        assertThat(failure.outcome()).isEqualTo(scissors.atCommit() ? Outcome.UNKNOWN : Outcome.NOTHING_CHANGED);
        if (!done) {
            call.make(cutShop);
            assertThat(Contents.of(pool)).isNotEqualTo(untouched);
        }
        return cut;
    }

    private CommerceFacade open(CommerceSettings settings, HikariDataSource dataSource) {
        return JdbcCommerce.using(dataSource).settings(settings).clock(clock).build();
    }

    /** Cuts a connection at a given round trip, once. */
    private static final class Scissors implements WatchedDataSource.Watcher {
        private int countdown;
        private boolean before;
        private boolean commit;

        void cut(int trip, boolean beforeIt) {
            countdown = trip;
            before = beforeIt;
            commit = false;
        }

        void rest() {
            countdown = 0;
        }

        boolean isArmed() {
            return countdown > 0;
        }

        boolean atCommit() {
            return commit;
        }

        @Override
        public void before(String trip, Connection connection) throws SQLException {
            if (before) {
                cutIfDue(trip, connection);
            }
        }

        @Override
        public void after(String trip, Connection connection) throws SQLException {
            if (!before) {
                cutIfDue(trip, connection);
            }
        }

        private void cutIfDue(String trip, Connection connection) throws SQLException {
            if (countdown > 0 && --countdown == 0) {
                commit = trip.equals("commit");
                connection.abort(Runnable::run);
                throw new SQLException("the connection was cut", "08006");
            }
        }
    }
}
