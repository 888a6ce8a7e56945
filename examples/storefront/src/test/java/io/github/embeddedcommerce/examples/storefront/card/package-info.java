/** What the card provider tells, and what the shop believes of it. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront.card;

import org.jspecify.annotations.NullMarked;
