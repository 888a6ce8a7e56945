package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.product.ProductId;

/**
 * The sales of one product over a time. Immutable.
 *
 * @param product the product
 * @param sales what was sold of it
 */
public record SalesOfProduct(ProductId product, Sales sales) {}
