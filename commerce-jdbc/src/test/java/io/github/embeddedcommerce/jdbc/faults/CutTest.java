package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A shop whose connections are cut, beside one whose are not. */
abstract class CutTest extends ShopTest {
    private static final TransactionRetry ONE_TRY =
            new TransactionRetry(Duration.ofSeconds(5), 1, Duration.ofSeconds(30));

    public final Scissors scissors = new Scissors();
    private HikariDataSource cuttable = new HikariDataSource();
    public OptionId mug = new OptionId(1);
    public UserId ann = new UserId("ann");

    @BeforeEach
    public void a_pool_whose_connections_can_be_cut() {
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
    public void no_connection_is_leaked() {
        assertThat(cuttable.getHikariPoolMXBean().getActiveConnections()).isZero();
        cuttable.close();
    }

    /** The shop whose connections are cut: it tries nothing again. */
    public CommerceFacade cutOnce() {
        return openCut(CommerceSettings.defaults().withTransactionRetry(ONE_TRY));
    }

    /** The same, but it tries again. */
    public CommerceFacade cutAndTriedAgain() {
        return openCut(CommerceSettings.defaults());
    }

    private CommerceFacade openCut(CommerceSettings settings) {
        return JdbcCommerce.using(cuttable)
                .callsPerTransaction(CALLS_PER_TRANSACTION)
                .settings(settings)
                .clock(clock)
                .build();
    }

    public CouponId tenth() {
        NewCoupon coupon =
                NewCoupon.of("Tenth", DiscountRule.percent(10), clock.instant().plusSeconds(60));
        return shop.coupons().create(coupon.limitedTo(1_000)).id();
    }
}
