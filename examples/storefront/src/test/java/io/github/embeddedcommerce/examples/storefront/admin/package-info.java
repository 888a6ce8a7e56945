/** The figures and their arithmetic. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront.admin;

import org.jspecify.annotations.NullMarked;
