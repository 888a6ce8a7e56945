/** The pages of the documentation hold what they say. */
@NullMarked
package io.github.embeddedcommerce.jdbc.pages;

import org.jspecify.annotations.NullMarked;
