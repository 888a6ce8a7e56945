/** The benchmark: what the command line says, and who measures what. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark;

import org.jspecify.annotations.NullMarked;
