/** A Spring Boot application that sells gifts: each order with a note, both written in one transaction. */
@NullMarked
package io.github.embeddedcommerce.examples.springboot;

import org.jspecify.annotations.NullMarked;
