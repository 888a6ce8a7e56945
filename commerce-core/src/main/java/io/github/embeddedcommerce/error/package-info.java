/** Refusals, failures of the database, and checks of input. */
@NullMarked
package io.github.embeddedcommerce.error;

import org.jspecify.annotations.NullMarked;
