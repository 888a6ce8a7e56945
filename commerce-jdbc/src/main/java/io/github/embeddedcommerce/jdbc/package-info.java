/**
 * Keeps the shop in a SQL database. Hosts need {@link io.github.embeddedcommerce.jdbc.JdbcCommerce} to open one; the
 * rest of this package is how it is done: {@code OwningTransactions} begins, commits and tries again, and each
 * {@code Jdbi…Store} has all SQL of one room.
 */
@NullMarked
package io.github.embeddedcommerce.jdbc;

import org.jspecify.annotations.NullMarked;
