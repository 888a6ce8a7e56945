/** The schema scripts and the check of what they have created. */
@NullMarked
package io.github.embeddedcommerce.jdbc.schema;

import org.jspecify.annotations.NullMarked;
