@NullMarked
package io.github.embeddedcommerce.examples.springboot;

import org.jspecify.annotations.NullMarked;
