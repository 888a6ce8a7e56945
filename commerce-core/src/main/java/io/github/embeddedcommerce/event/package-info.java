/** What the outside world is told of orders. */
@NullMarked
package io.github.embeddedcommerce.event;

import org.jspecify.annotations.NullMarked;
