/** The tasks that the host schedules. */
@NullMarked
package io.github.embeddedcommerce.job;

import org.jspecify.annotations.NullMarked;
