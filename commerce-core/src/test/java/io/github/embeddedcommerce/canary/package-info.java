/** A small shop in which every class breaks a rule of the architecture, to prove that the rule bites. */
@NullMarked
package io.github.embeddedcommerce.canary;

import org.jspecify.annotations.NullMarked;
