/** Who buys, what they have to spend, and every change of it. */
@NullMarked
package io.github.embeddedcommerce.user;

import org.jspecify.annotations.NullMarked;
