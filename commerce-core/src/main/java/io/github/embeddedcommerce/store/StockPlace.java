package io.github.embeddedcommerce.store;

/**
 * A position in a list of stock levels, the lowest first: behind this one. Immutable.
 *
 * @param available its available units
 * @param option its option, which breaks ties
 */
public record StockPlace(long available, long option) {
    /** Before the first. */
    public static final StockPlace START = new StockPlace(-1, 0);
}
