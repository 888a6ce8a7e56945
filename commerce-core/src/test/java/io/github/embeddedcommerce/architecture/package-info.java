/** The layers and habits of the code, as rules that fail the build. */
@NullMarked
package io.github.embeddedcommerce.architecture;

import org.jspecify.annotations.NullMarked;
