/** Payment by card: the shop's side of it, and a provider that is only pretended. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront.card;

import org.jspecify.annotations.NullMarked;
