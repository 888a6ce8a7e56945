/** Real database servers, and a network between them and their clients. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark.database;

import org.jspecify.annotations.NullMarked;
