/** A shop that is bought from by many JVMs while they, their connections and their database server are killed. */
@NullMarked
package io.github.embeddedcommerce.jdbc.crashes;

import org.jspecify.annotations.NullMarked;
