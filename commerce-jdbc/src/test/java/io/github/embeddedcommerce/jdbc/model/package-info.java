/** The whole shop as a state machine: random use cases against a real shop and a reference that is much simpler. */
@NullMarked
package io.github.embeddedcommerce.jdbc.model;

import org.jspecify.annotations.NullMarked;
