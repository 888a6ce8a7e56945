/**
 * Micrometer meters of a shop: {@link io.github.embeddedcommerce.micrometer.MicrometerListener}, registered when the
 * shop is opened.
 */
@NullMarked
package io.github.embeddedcommerce.micrometer;

import org.jspecify.annotations.NullMarked;
