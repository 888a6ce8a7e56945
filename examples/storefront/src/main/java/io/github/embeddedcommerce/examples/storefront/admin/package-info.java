/** What the people who run the shop call, with the token given at start. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront.admin;

import org.jspecify.annotations.NullMarked;
