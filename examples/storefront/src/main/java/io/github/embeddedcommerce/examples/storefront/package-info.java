/** A host application: the shop behind HTTP, with its pages. It knows only the library's public API. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront;

import org.jspecify.annotations.NullMarked;
