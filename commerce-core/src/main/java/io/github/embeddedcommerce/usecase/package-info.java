/** The use cases: one class each, which reads from top to bottom as what happens. Not exported. */
@NullMarked
package io.github.embeddedcommerce.usecase;

import org.jspecify.annotations.NullMarked;
