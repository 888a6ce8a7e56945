package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import org.junit.jupiter.api.Tag;

/** The same on a connection pool of the library's own, with the tables among others under a prefix. */
@Tag("D1")
class OrdersOnAnOwnPoolTest extends ConcurrentOrdersTest {
    @Override
    CommerceFacade open(CommerceSettings settings) {
        return JdbcCommerce.open(pool.getJdbcUrl())
                .poolSize(16)
                .withPrefix("other_")
                .settings(settings)
                .clock(clock)
                .build();
    }
}
