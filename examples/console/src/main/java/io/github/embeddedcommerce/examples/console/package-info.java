/** A host application: the shop on a command line. It knows only the library's public API. */
@NullMarked
package io.github.embeddedcommerce.examples.console;

import org.jspecify.annotations.NullMarked;
