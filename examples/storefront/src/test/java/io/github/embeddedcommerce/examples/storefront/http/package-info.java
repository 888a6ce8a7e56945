/** Tests of the server alone. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront.http;

import org.jspecify.annotations.NullMarked;
