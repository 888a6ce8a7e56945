/** Events of orders, and their delivery. */
@NullMarked
package io.github.embeddedcommerce.event;

import org.jspecify.annotations.NullMarked;
