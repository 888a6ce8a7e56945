package io.github.embeddedcommerce.jdbc.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopFixture;
import io.github.embeddedcommerce.jdbc.suite.OpenBooks;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.product.Popularity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;

/** A shop that stays open for many sequences, because opening one takes longer than a sequence. */
record OpenShop(HikariDataSource pool, CommerceFacade shop, OpenBooks books) {
    static OpenShop open(Clock clock) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + Database.KEEPS_PLANS);
        try {
            CommerceSettings settings = CommerceSettings.defaults()
                    .withTimeToPay(ReferenceShop.TIME_TO_PAY)
                    .withPaymentHold(ReferenceShop.PAYMENT_HOLD)
                    .withPopularity(new Popularity(ReferencePopularity.WINDOW, ReferencePopularity.PLACES))
                    .withRetention(new Retention(
                            ReferenceShop.KEEP_BALANCE_HISTORY,
                            ReferenceShop.KEEP_EVENTS,
                            ReferenceShop.KEEP_SNAPSHOTS,
                            ReferenceShop.KEEP_CARTS,
                            ReferenceShop.KEEP_KEYS));
            CommerceFacade shop = JdbcCommerce.using(pool)
                    .callsPerTransaction(ShopFixture.CALLS_PER_TRANSACTION)
                    .clock(clock)
                    .settings(settings)
                    .build();
            return new OpenShop(pool, shop, new OpenBooks(pool));
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Empties the shop. */
    void clear() {
        books.clear();
        try (Connection lastUsed = pool.getConnection()) {
            OpenBooks.forgetPlans(lastUsed);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    void close() {
        books.close();
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        shop.close();
        pool.close();
    }
}
