/** The ways in which a host opens a shop or has it join its transactions. */
@NullMarked
package io.github.embeddedcommerce.jdbc.hosts;

import org.jspecify.annotations.NullMarked;
