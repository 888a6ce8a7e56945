/** Users, their balances, and the history of each balance. */
@NullMarked
package io.github.embeddedcommerce.user;

import org.jspecify.annotations.NullMarked;
