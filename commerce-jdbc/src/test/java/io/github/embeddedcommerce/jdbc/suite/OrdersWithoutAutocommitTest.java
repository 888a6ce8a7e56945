package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.locks.ConcurrentOrdersTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The same on a pool of the host's that has autocommit off, and another isolation than ours. */
@Tag("D1")
@Tag("T1")
class OrdersWithoutAutocommitTest extends ConcurrentOrdersTest {
    private HikariDataSource hosts = new HikariDataSource();

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        hosts = new HikariDataSource(config);
        return JdbcCommerce.using(hosts).settings(settings).clock(clock).build();
    }

    @Override
    @AfterEach
    public void everything_adds_up_and_no_connection_is_leaked() {
        super.everything_adds_up_and_no_connection_is_leaked();
        assertThat(hosts.getHikariPoolMXBean().getActiveConnections()).isZero();
        hosts.close();
    }
}
