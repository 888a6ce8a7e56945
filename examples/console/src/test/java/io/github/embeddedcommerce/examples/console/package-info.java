/** What the console promises to whoever types its commands. */
@NullMarked
package io.github.embeddedcommerce.examples.console;

import org.jspecify.annotations.NullMarked;
