/** What must be true of the data at any time, and the rows where it is not. */
@NullMarked
package io.github.embeddedcommerce.audit;

import org.jspecify.annotations.NullMarked;
