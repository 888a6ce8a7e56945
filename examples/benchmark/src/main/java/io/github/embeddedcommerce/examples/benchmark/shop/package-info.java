/** The contenders: what each of them is asked to do, and the library, which does it by its public API. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark.shop;

import org.jspecify.annotations.NullMarked;
