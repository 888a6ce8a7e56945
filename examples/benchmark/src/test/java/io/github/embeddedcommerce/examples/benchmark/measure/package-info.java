/** How measurements are summed up. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark.measure;

import org.jspecify.annotations.NullMarked;
