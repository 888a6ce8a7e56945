/**
 * The shop on a SQL database. Start at {@link io.github.embeddedcommerce.jdbc.JdbcCommerce}.
 *
 * <p>The driver, and Flyway's module for the database, are modules of the host's choice.
 */
@SuppressWarnings({
    "opens", // packages of scripts have no classes
    "requires-automatic" // jdbi and Flyway have no module descriptors
})
module io.github.embeddedcommerce.jdbc {
    requires transitive io.github.embeddedcommerce.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires io.leangen.geantyref; // for jdbi, which cannot say so
    requires org.jdbi.v3.core;
    requires org.jdbi.v3.sqlobject;
    requires org.joda.money;
    requires org.slf4j;

    exports io.github.embeddedcommerce.jdbc;

    // the scripts that Flyway reads
    opens io.github.embeddedcommerce.jdbc.schema.h2;
    opens io.github.embeddedcommerce.jdbc.schema.mariadb;
    opens io.github.embeddedcommerce.jdbc.schema.postgresql;
}
