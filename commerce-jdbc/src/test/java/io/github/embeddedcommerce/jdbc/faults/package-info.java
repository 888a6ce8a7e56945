/** What is left when connections, databases and hosts fail. */
@NullMarked
package io.github.embeddedcommerce.jdbc.faults;

import org.jspecify.annotations.NullMarked;
