/** Plans and round trips: what each statement costs. */
@NullMarked
package io.github.embeddedcommerce.jdbc.plans;

import org.jspecify.annotations.NullMarked;
