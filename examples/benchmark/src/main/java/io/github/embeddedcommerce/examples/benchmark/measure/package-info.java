/** What is measured, and how. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark.measure;

import org.jspecify.annotations.NullMarked;
