/** What customers call: one class a subject, each use case of the shop one route. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront.api;

import org.jspecify.annotations.NullMarked;
