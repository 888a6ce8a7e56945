/** For the tests of hosts. Start at {@link io.github.embeddedcommerce.testkit.TestShop}. */
module io.github.embeddedcommerce.testkit {
    requires transitive io.github.embeddedcommerce.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires io.github.embeddedcommerce.jdbc;
    requires org.joda.money;

    exports io.github.embeddedcommerce.testkit;
}
