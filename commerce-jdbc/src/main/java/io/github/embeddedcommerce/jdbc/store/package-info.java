/** The stores: one class for each kind of data, with its SQL. */
@NullMarked
package io.github.embeddedcommerce.jdbc.store;

import org.jspecify.annotations.NullMarked;
