/** Calls for many rows at once: all or nothing, or row by row with a report. */
@NullMarked
package io.github.embeddedcommerce.bulk;

import org.jspecify.annotations.NullMarked;
