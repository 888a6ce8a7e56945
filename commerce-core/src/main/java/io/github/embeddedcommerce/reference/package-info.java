/** The host's own references on things of the shop. */
@NullMarked
package io.github.embeddedcommerce.reference;

import org.jspecify.annotations.NullMarked;
