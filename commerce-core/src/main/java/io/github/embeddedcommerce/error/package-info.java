/** What a caller is told when the shop says no, or when the database could not answer. */
@NullMarked
package io.github.embeddedcommerce.error;

import org.jspecify.annotations.NullMarked;
