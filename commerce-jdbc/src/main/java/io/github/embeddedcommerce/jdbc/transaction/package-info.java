/** Transactions of the library's own and of the host's, and the listeners that are told of them. */
@NullMarked
package io.github.embeddedcommerce.jdbc.transaction;

import org.jspecify.annotations.NullMarked;
