package io.github.embeddedcommerce.stock;

/**
 * A line of the stock history as it is kept. Immutable.
 *
 * @param id the shop's number of it: of one option's changes, the later has the higher
 * @param change what it says
 */
public record RecordedStockChange(long id, StockChange change) {}
