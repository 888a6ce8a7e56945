package io.github.embeddedcommerce.jdbc.plans;

import static io.github.embeddedcommerce.jdbc.fixture.ShopFixture.won;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL keeps the plans of a shop that had nearly nothing, and the shop grows: what a customer does reads as many
 * rows as before, of tables and of indexes.
 */
@Tag("T1")
class GrownTablesTest {
    private static final int CUSTOMERS_WHEN_ANALYZED = 3;
    /** The driver prepares a statement at its fifth execution, and the server keeps a plan from the sixth on. */
    private static final int FEW_CUSTOMERS = 20;

    private static final int MANY_CUSTOMERS = 400;
    private static final long MANY_CALLS = 20;

    @Test
    void a_customer_costs_the_same_however_many_came_before() throws SQLException {
        try (HikariDataSource pool = Database.POSTGRESQL.empty()) {
            CommerceFacade shop = JdbcCommerce.using(pool).build();
            CouponId coupon = shop.coupons()
                    .create(NewCoupon.of(
                                    "tenth",
                                    DiscountRule.percent(10),
                                    Instant.now().plus(Duration.ofDays(1)))
                            .limitedTo(MANY_CUSTOMERS + 1))
                    .id();
            buy(shop, coupon, 0, CUSTOMERS_WHEN_ANALYZED);
            analyzeOnce(pool);
            buy(shop, coupon, CUSTOMERS_WHEN_ANALYZED, FEW_CUSTOMERS);
            long early = RowsRead.during(pool, () -> buy(shop, coupon, FEW_CUSTOMERS));
            buy(shop, coupon, FEW_CUSTOMERS + 1, MANY_CUSTOMERS);
            long late = RowsRead.during(pool, () -> buy(shop, coupon, MANY_CUSTOMERS));

            assertThat(late).isBetween(MANY_CALLS, early + early / 4);
            assertThat(shop.jobs().audit().call().violations()).isEmpty();
        }
    }

    private static void buy(CommerceFacade shop, CouponId coupon, int from, int to) {
        for (int number = from; number < to; number++) {
            buy(shop, coupon, number);
        }
    }

    private static void buy(CommerceFacade shop, CouponId coupon, int number) {
        Product product = shop.products()
                .register(NewProduct.of("P" + number, "test", won(10)).withOption("S" + number, 100));
        OptionId option = product.option("S" + number).id();
        UserId user = shop.users().register(new UserId("u" + number)).id();
        shop.users().topUp(TopUp.of(user, won(1_000)).withKey(new IdempotencyKey("top-up")));
        shop.carts().add(AddToCart.of(user, option, 2).withKey(new IdempotencyKey("add")));
        assertThat(shop.carts().get(user).lines()).hasSize(1);
        UserCouponId tenth = shop.coupons().issue(user, coupon).id();

        Order order = shop.orders().place(PlaceOrder.fromCart(user).withKey(new IdempotencyKey("place")));
        shop.orders().pay(PayOrder.by(user, order.id()).withCoupon(tenth).withKey(new IdempotencyKey("pay")));
        shop.orders().giveBack(ReturnItems.of(order.id()).line(1, 1));
        Order cancelled = shop.orders().place(PlaceOrder.by(user).line(option, 1));
        shop.orders().pay(PayOrder.by(user, cancelled.id()));
        shop.orders().cancel(CancelOrder.by(user, cancelled.id()));
        Order fromOutside = shop.orders().place(PlaceOrder.by(user).line(option, 1));
        Payment payment = shop.payments().begin(BeginPayment.by(user, fromOutside.id(), "card"));
        shop.payments().settle(SettlePayment.of(payment.id(), "ref-" + number, payment.amount()));

        assertThat(shop.orders().list(user, PageRequest.first()).items()).hasSize(3);
        assertThat(shop.orders().find(user, order.id())).isPresent();
        assertThat(shop.coupons().list(user, PageRequest.first()).items()).hasSize(1);
        assertThat(shop.products().findBySku("S" + number)).isPresent();
        assertThat(shop.products().listStockChanges(option, PageRequest.first()).items())
                .isNotEmpty();
        assertThat(shop.users()
                        .listBalanceChanges(user, BalanceQuery.all(), PageRequest.first())
                        .items())
                .isNotEmpty();
    }

    private static void analyzeOnce(HikariDataSource pool) throws SQLException {
        EachTable.of(pool, EachTable.UNATTENDED);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze");
        }
    }
}
