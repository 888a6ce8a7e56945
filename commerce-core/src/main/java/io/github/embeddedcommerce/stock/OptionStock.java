package io.github.embeddedcommerce.stock;

import io.github.embeddedcommerce.product.ProductId;

/**
 * The stock of an option, with what tells a person which option it is. Immutable.
 *
 * @param product the product it belongs to
 * @param sku its code
 * @param level its stock, as it was when it was read
 */
public record OptionStock(ProductId product, String sku, StockLevel level) {}
