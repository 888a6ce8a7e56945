/** A headless Chromium, driven by its DevTools protocol: enough of it to see and use the pages as a customer does. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront.browser;

import org.jspecify.annotations.NullMarked;
