/** Keys that make repeated calls idempotent. */
@NullMarked
package io.github.embeddedcommerce.idempotency;

import org.jspecify.annotations.NullMarked;
