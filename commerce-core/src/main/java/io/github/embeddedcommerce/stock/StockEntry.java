package io.github.embeddedcommerce.stock;

import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;

/**
 * The stock of an option and what it is of, as it was when it was read. Immutable.
 *
 * @param product its product
 * @param productName the product's name
 * @param option the option, with its sku, attributes and reference
 * @param level the units on hand and reserved
 */
public record StockEntry(ProductId product, String productName, ProductOption option, StockLevel level) {}
