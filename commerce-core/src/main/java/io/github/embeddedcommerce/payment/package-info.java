/** Payments from outside, and the refunds of them: money that a provider of the host's moves. */
@NullMarked
package io.github.embeddedcommerce.payment;

import org.jspecify.annotations.NullMarked;
