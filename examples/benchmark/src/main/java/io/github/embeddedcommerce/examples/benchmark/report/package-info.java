/** What was measured, as a table, a file and a picture. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark.report;

import org.jspecify.annotations.NullMarked;
