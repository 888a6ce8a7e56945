/** Calls that are made once under their key, however often they are sent. */
@NullMarked
package io.github.embeddedcommerce.idempotency;

import org.jspecify.annotations.NullMarked;
