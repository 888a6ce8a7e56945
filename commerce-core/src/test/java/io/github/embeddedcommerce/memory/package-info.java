/** A shop whose data is a few maps, to prove what the use cases decide without a database. */
@NullMarked
package io.github.embeddedcommerce.memory;

import org.jspecify.annotations.NullMarked;
