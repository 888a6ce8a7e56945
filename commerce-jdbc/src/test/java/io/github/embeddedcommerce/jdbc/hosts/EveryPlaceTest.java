package io.github.embeddedcommerce.jdbc.hosts;

import static io.github.embeddedcommerce.jdbc.fixture.Database.H2_IN_FILE;
import static io.github.embeddedcommerce.jdbc.fixture.Database.H2_IN_MEMORY;
import static io.github.embeddedcommerce.jdbc.fixture.Database.MARIADB;
import static io.github.embeddedcommerce.jdbc.fixture.Database.POSTGRESQL;
import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.refused;
import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.won;
import static io.github.embeddedcommerce.jdbc.hosts.EveryPlaceTest.AutoCommit.OFF;
import static io.github.embeddedcommerce.jdbc.hosts.EveryPlaceTest.AutoCommit.ON;
import static io.github.embeddedcommerce.jdbc.hosts.EveryPlaceTest.AutoCommit.OWN;
import static io.github.embeddedcommerce.jdbc.hosts.EveryPlaceTest.Place.PREFIX;
import static io.github.embeddedcommerce.jdbc.hosts.EveryPlaceTest.Place.SCHEMA;
import static io.github.embeddedcommerce.jdbc.hosts.Host.Mode.JOINING;
import static io.github.embeddedcommerce.jdbc.hosts.Host.Mode.OPEN;
import static io.github.embeddedcommerce.jdbc.hosts.Host.Mode.USING;
import static io.github.embeddedcommerce.jdbc.hosts.Host.Mode.WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.jdbc.hosts.Host.Mode;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole story of a shop on each database, in each way to open it, on pools with autocommit on and off, in a schema
 * of its own and under a prefix: every pair of these at least once.
 */
@Tag("D1")
@Tag("D2")
@Tag("T6")
class EveryPlaceTest {
    private static final List<Combination> COMBINATIONS = List.of(
            new Combination(H2_IN_MEMORY, OPEN, OWN, SCHEMA),
            new Combination(H2_IN_MEMORY, USING, ON, PREFIX),
            new Combination(H2_IN_MEMORY, WITHIN, OFF, SCHEMA),
            new Combination(H2_IN_MEMORY, JOINING, ON, PREFIX),
            new Combination(H2_IN_FILE, OPEN, OWN, PREFIX),
            new Combination(H2_IN_FILE, USING, OFF, SCHEMA),
            new Combination(H2_IN_FILE, WITHIN, ON, PREFIX),
            new Combination(H2_IN_FILE, JOINING, OFF, SCHEMA),
            new Combination(POSTGRESQL, OPEN, OWN, SCHEMA),
            new Combination(POSTGRESQL, USING, OFF, PREFIX),
            new Combination(POSTGRESQL, WITHIN, ON, SCHEMA),
            new Combination(POSTGRESQL, JOINING, OFF, PREFIX),
            new Combination(MARIADB, OPEN, OWN, PREFIX),
            new Combination(MARIADB, USING, ON, SCHEMA),
            new Combination(MARIADB, WITHIN, OFF, PREFIX),
            new Combination(MARIADB, JOINING, ON, SCHEMA));

    /** Of the pool's connections. A pool of the library's own leaves nothing to choose. */
    enum AutoCommit {
        OWN,
        ON,
        OFF
    }

    /** Where the tables are. On MariaDB a schema is a database. */
    enum Place {
        SCHEMA,
        PREFIX
    }

    record Combination(Database database, Mode mode, AutoCommit autoCommit, Place place) {}

    private static final UserId ANN = new UserId("ann");

    private final TestClock clock = new TestClock();

    static List<Combination> combinations() {
        return COMBINATIONS;
    }

    @Test
    void the_table_has_every_pair() {
        assertThat(pairs(Combination::database, Combination::mode)).hasSize(4 * 4);
        assertThat(pairs(Combination::database, Combination::autoCommit)).hasSize(4 * 3);
        assertThat(pairs(Combination::database, Combination::place)).hasSize(4 * 2);
        assertThat(pairs(Combination::mode, Combination::autoCommit)).hasSize(1 + 3 * 2);
        assertThat(pairs(Combination::mode, Combination::place)).hasSize(4 * 2);
        assertThat(pairs(Combination::autoCommit, Combination::place)).hasSize(3 * 2);
    }

    private static Set<List<Object>> pairs(Function<Combination, Object> one, Function<Combination, Object> other) {
        return COMBINATIONS.stream()
                .map(row -> List.of(one.apply(row), other.apply(row)))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void a_shop_is_run_from_its_first_product_to_a_clean_audit(Combination combination) throws SQLException {
        try (HikariDataSource database = combination.database.empty();
                HikariDataSource pool = pool(database.getJdbcUrl(), combination.autoCommit != OFF)) {
            TableNames tables = combination.place == SCHEMA
                    ? TableNames.inSchema(newSchema(combination.database, database))
                    : TableNames.withPrefix("their_");
            UnaryOperator<JdbcCommerce> place =
                    shop -> tables.schema() == null ? shop.withPrefix(tables.prefix()) : shop.inSchema(tables.schema());
            try (CommerceFacade owner =
                            place.apply(JdbcCommerce.using(pool)).clock(clock).build();
                    Host host = Host.of(combination.mode, pool, clock, place)) {
                buy(host);
                expire(host);
                deliver(host, owner, combination.mode == OPEN || combination.mode == USING);
                answers(host, true, shop -> shop.jobs().audit().call().isClean());
            }
            assertThat(text(database, "select count(*) from " + tables.qualifier() + "orders"))
                    .isEqualTo("2");
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    /** Mugs are put on sale, ordered from a cart, paid with a coupon, and taken back. */
    private static void buy(Host host) {
        OptionId mug = host.call(shop -> shop.products()
                .register(NewProduct.of("Mug", "kitchen", won(100)).withOption("MUG", 10))
                .option("MUG")
                .id());
        host.call(shop -> shop.users().register(ANN));
        host.call(shop -> shop.users().topUp(TopUp.of(ANN, won(1_000))));
        host.call(shop -> shop.carts().add(AddToCart.of(ANN, mug, 3)));
        Order order = host.call(shop -> shop.orders().place(PlaceOrder.fromCart(ANN)));
        UserCouponId tenth = host.call(shop -> shop.coupons()
                .issue(
                        ANN,
                        shop.coupons()
                                .create(NewCoupon.of(
                                                "Tenth",
                                                DiscountRule.percent(10),
                                                Instant.parse("2030-01-01T00:00:00Z"))
                                        .limitedTo(1))
                                .id())
                .id());
        answers(
                host,
                won(730),
                shop -> shop.orders()
                        .pay(PayOrder.by(ANN, order.id()).withCoupon(tenth))
                        .remainingBalance());
        answers(host, true, shop -> shop.jobs().snapshotPopularProducts().call().made());
        answers(
                host,
                won(270),
                shop -> shop.orders().cancel(CancelOrder.by(ANN, order.id())).refunded());
        refused(
                ErrorCode.INSUFFICIENT_STOCK,
                () -> host.call(shop -> shop.orders().place(PlaceOrder.by(ANN).line(mug, 11))));
        host.call(shop -> shop.orders().place(PlaceOrder.by(ANN).line(mug, 10)));
    }

    private void expire(Host host) {
        clock.advance(Duration.ofMinutes(10));
        answers(host, 1L, shop -> shop.jobs().expireOverdueOrders().call().expired());
        answers(
                host,
                1,
                shop -> shop.orders()
                        .list(ANN, OrderStatus.EXPIRED, PageRequest.first())
                        .items()
                        .size());
        answers(host, won(1_000), shop -> shop.users().getBalance(ANN));
    }

    private static <T> void answers(Host host, T expected, Function<CommerceFacade, T> call) {
        T answer = host.call(call);
        assertThat(answer).isEqualTo(expected);
    }

    /** Events are delivered outside of any transaction, so not in one of the host's. */
    private static void deliver(Host host, CommerceFacade owner, boolean owned) {
        List<OrderEvent.Type> delivered = new ArrayList<>();
        EventSink sink = event -> delivered.add(event.type());
        if (owned) {
            host.call(shop -> shop.jobs().deliverEvents(sink).call());
        } else {
            refused(
                    ErrorCode.VALIDATION_ERROR,
                    () -> host.call(shop -> shop.jobs().deliverEvents(sink).call()));
            owner.jobs().deliverEvents(sink).call();
        }
        assertThat(delivered)
                .containsExactlyInAnyOrder(OrderEvent.Type.PAID, OrderEvent.Type.CANCELLED, OrderEvent.Type.EXPIRED);
    }

    private static HikariDataSource pool(String url, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static String newSchema(Database database, HikariDataSource pool) throws SQLException {
        return database == MARIADB ? text(pool, "select concat(left(database(), 20), '_own')") : "their";
    }

    private static String text(HikariDataSource pool, String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
