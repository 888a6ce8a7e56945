package io.github.embeddedcommerce.jdbc.plans;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.job.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * A shop with many orders in a database of its own, which explains the statements that the shop sends. The first of 500
 * parts of its history is old enough to be purged.
 */
record ExplainedShop(
        Database database, HikariDataSource pool, Explainer explainer, ManyOrders many, CommerceFacade shop)
        implements AutoCloseable {
    private static final Set<String> LARGE = Set.of(
            "orders",
            "order_lines",
            "order_events",
            "order_labels",
            "balance_changes",
            "user_coupons",
            "payments",
            "returns",
            "return_lines",
            "stock_changes");
    /** PostgreSQL reads these as a whole, and is right. */
    private static final Set<String> SMALL = Set.of(
            "users", "products", "product_options", "option_attributes", "stock", "carts", "cart_items", "coupons");

    static ExplainedShop of(Database database, int orders) {
        HikariDataSource pool = database.empty();
        Explainer explainer = new Explainer(database);
        ManyOrders many = new ManyOrders(database, pool, orders);
        Duration kept = Duration.between(many.placed(0.002), many.now());
        CommerceFacade shop = JdbcCommerce.using(new WatchedDataSource(() -> explainer.on(pool.getConnection())))
                .clock(Clock.fixed(many.now(), ZoneOffset.UTC))
                .settings(CommerceSettings.defaults()
                        .withRetention(Retention.defaults()
                                .withBalanceHistory(kept)
                                .withEvents(kept)
                                .withCarts(null)))
                .build();
        many.fill(shop);
        return new ExplainedShop(database, pool, explainer, many, shop);
    }

    /** The same shop, explaining nothing. */
    CommerceFacade unexplained() {
        return JdbcCommerce.using(pool)
                .clock(Clock.fixed(many.now(), ZoneOffset.UTC))
                .build();
    }

    /** None of the statements that this runs looks at more rows, or reads a large table from end to end. */
    void indexed(int rows, Runnable useCase) {
        List<Plan> plans = explainer.of(useCase);

        assertThat(plans).isNotEmpty();
        assertThat(plans)
                .as("statements that look at more than " + rows + " rows, or at a large table from end to end")
                .filteredOn(plan -> plan.mostRows(SMALL) > rows
                        || plan.steps().stream().anyMatch(step -> step.whole() && LARGE.contains(step.table())))
                .isEmpty();
    }

    /** Drops it, once everything in it adds up. */
    @Override
    public void close() throws SQLException {
        assertThat(unexplained().jobs().audit().call().violations()).isEmpty();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (database == Database.MARIADB) {
                statement.execute("drop database " + connection.getCatalog());
            } else {
                statement.execute("drop schema commerce cascade");
            }
        }
        pool.close();
    }
}
