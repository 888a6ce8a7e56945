/** Requests and answers: reading input strictly, writing JSON, telling refusals, serving. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront.http;

import org.jspecify.annotations.NullMarked;
