/** The meters, as a registry has them after each kind of news. */
@NullMarked
package io.github.embeddedcommerce.micrometer;

import org.jspecify.annotations.NullMarked;
