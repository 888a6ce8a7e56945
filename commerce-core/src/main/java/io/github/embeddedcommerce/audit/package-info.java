/** The invariants of the data, and violations of them. */
@NullMarked
package io.github.embeddedcommerce.audit;

import org.jspecify.annotations.NullMarked;
