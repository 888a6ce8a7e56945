/** Lists in pages: by cursor, so that a page costs the same however far down the list it is. */
@NullMarked
package io.github.embeddedcommerce.page;

import org.jspecify.annotations.NullMarked;
