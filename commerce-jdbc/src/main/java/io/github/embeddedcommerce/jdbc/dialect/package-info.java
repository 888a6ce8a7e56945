/** What differs between H2, PostgreSQL, MariaDB and MySQL: SQL, error codes, connection setup. */
@NullMarked
package io.github.embeddedcommerce.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
