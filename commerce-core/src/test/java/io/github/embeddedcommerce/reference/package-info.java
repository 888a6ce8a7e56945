@NullMarked
package io.github.embeddedcommerce.reference;

import org.jspecify.annotations.NullMarked;
