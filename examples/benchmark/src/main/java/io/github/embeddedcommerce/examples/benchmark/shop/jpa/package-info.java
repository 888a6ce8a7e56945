/** A JPA service on tables of its own, with pessimistic locks and batched inserts. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import org.jspecify.annotations.NullMarked;
