package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.jdbc.dialect.ConnectionPool;
import java.sql.Connection;
import javax.sql.DataSource;

/** Where the connections of a shop come from, and so whose transactions they are in. */
sealed interface ShopSource {
    /** A pool of the library's own. */
    record Own(ConnectionPool pool) implements ShopSource {}

    /** A pool of the host's. */
    record Hosts(DataSource pool) implements ShopSource {}

    /** Transactions of the host's, by the data source that knows them. */
    record Within(DataSource transactions) implements ShopSource {}

    /** One transaction of the host's. */
    record Joining(Connection transaction) implements ShopSource {}
}
