package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.jdbc.plans.Explainer;
import io.github.embeddedcommerce.jdbc.plans.Plan;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A coupon that everybody wants at once, and many have already. */
class SharedIssuesTest extends CallsInLine {
    private static final int ISSUED = 3_000;

    @Test
    @Tag("K2")
    @Tag("T9")
    void who_has_a_coupon_is_looked_up_by_its_key_however_many_have_it() throws SQLException {
        NewCoupon hot =
                NewCoupon.of("Hot", DiscountRule.percent(10), clock.instant().plus(Duration.ofDays(1)));
        CouponId coupon = shop.coupons().create(hot).id();
        issueToMany(coupon);
        List<UserId> hunters = IntStream.range(0, CALLERS)
                .mapToObj(n -> user("hunter-" + n, 0))
                .toList();
        Explainer explainer = new Explainer(database);
        CommerceFacade explained = JdbcCommerce.using(
                        new WatchedDataSource(() -> explainer.on(watched.getConnection())))
                .clock(clock)
                .build();
        others.add(explained);

        List<Plan> plans = explainer.of(() -> inLine(
                "users where id = 'hunter-0'",
                each(n -> () -> explained.coupons().issue(hunters.get(n), coupon))));

        assertThat(plans)
                .filteredOn(plan -> plan.sql().contains("user_coupons"))
                .isNotEmpty()
                .allSatisfy(plan ->
                        assertThat(plan.mostRows(Set.of())).as("%s", plan).isLessThanOrEqualTo(2 * CALLERS));
    }

    private void issueToMany(CouponId coupon) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement issue = connection.prepareStatement(
                        own("insert into <commerce>user_coupons (coupon_id, user_id, issued_at)"
                                + " select id, ?, created_at from <commerce>coupons where id = ?"))) {
            for (int n = 0; n < ISSUED; n++) {
                issue.setString(1, "owner-" + n);
                issue.setLong(2, coupon.value());
                issue.executeUpdate();
            }
        }
        sql(database == Database.MARIADB ? "analyze table <commerce>user_coupons" : "analyze");
    }
}
