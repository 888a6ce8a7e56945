package io.github.embeddedcommerce.stock;

/**
 * A stored line of the stock history. Immutable.
 *
 * @param id assigned by the shop, higher for later changes of an option
 * @param change the line
 */
public record RecordedStockChange(long id, StockChange change) {}
