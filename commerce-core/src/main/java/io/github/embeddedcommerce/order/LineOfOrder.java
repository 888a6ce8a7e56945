package io.github.embeddedcommerce.order;

/**
 * A line, with the order it belongs to. Immutable.
 *
 * @param order the order
 * @param line one of its lines
 */
public record LineOfOrder(Order order, OrderLine line) {}
