/** The smallest host, run the two ways in which Java finds classes. */
@NullMarked
package io.github.embeddedcommerce.examples.minimal;

import org.jspecify.annotations.NullMarked;
