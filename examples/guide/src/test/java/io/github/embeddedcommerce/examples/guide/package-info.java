/** The code of docs/guide: what stands on a page is an excerpt of a file in here, or of another example. */
@NullMarked
package io.github.embeddedcommerce.examples.guide;

import org.jspecify.annotations.NullMarked;
