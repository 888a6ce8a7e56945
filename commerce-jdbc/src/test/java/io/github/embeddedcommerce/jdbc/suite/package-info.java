/** What a shop does, on every database. */
@NullMarked
package io.github.embeddedcommerce.jdbc.suite;

import org.jspecify.annotations.NullMarked;
