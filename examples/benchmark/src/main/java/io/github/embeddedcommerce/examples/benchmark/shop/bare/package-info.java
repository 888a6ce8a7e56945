/** Hand-written JDBC on the library's own tables: the same rows, locks and statements. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import org.jspecify.annotations.NullMarked;
