package io.github.embeddedcommerce.jdbc.suite;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.locks.ConcurrentOrdersTest;
import org.junit.jupiter.api.Tag;

/** The same on a connection pool of the library's own, with the tables among others under a prefix. */
@Tag("D1")
class OrdersOnAnOwnPoolTest extends ConcurrentOrdersTest {
    @Override
    public CommerceFacade open(CommerceSettings settings) {
        return JdbcCommerce.open(pool.getJdbcUrl())
                .poolSize(16)
                .withPrefix("other_")
                .settings(settings)
                .clock(clock)
                .build();
    }
}
