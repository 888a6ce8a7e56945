/** The smallest host of a shop. */
@NullMarked
package io.github.embeddedcommerce.examples.minimal;

import org.jspecify.annotations.NullMarked;
