package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Read at once, the books say of a shop what an audit says that reads them in chunks. */
@Tag("J5")
class OpenBooksTest {
    @Test
    @Tag("K4")
    void a_coupon_that_nobody_has_used_is_no_violation_and_one_that_was_used_for_nothing_is() throws SQLException {
        TestClock clock = new TestClock();
        try (HikariDataSource pool = Database.H2_IN_MEMORY.empty();
                CommerceFacade shop = JdbcCommerce.using(pool).clock(clock).build();
                OpenBooks books = new OpenBooks(pool)) {
            UserId ann = shop.users().register(new UserId("ann")).id();
            CouponId terms = shop.coupons()
                    .create(NewCoupon.of(
                            "Ten", DiscountRule.percent(10), clock.instant().plus(Duration.ofDays(1))))
                    .id();
            shop.coupons().issue(ann, terms);

            assertThat(books.violations()).isEmpty();
            assertThat(shop.jobs().audit().call().violations()).isEmpty();

            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("set referential_integrity false");
                statement.execute("update commerce.user_coupons set order_id = 7, used_at = issued_at");
            }
            assertThat(books.violations()).singleElement().asString().startsWith("COUPONS_USED_ONCE");
        }
    }
}
