/** What the benchmark promises of its contenders and its network. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark;

import org.jspecify.annotations.NullMarked;
