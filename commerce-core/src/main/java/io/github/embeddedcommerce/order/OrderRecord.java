package io.github.embeddedcommerce.order;

/**
 * An order with the host's own words on it, as the people who run the shop see it. Immutable.
 *
 * @param order the order
 * @param labels the host's reference and note
 */
public record OrderRecord(Order order, OrderLabels labels) {
    /** The order's id. */
    public OrderId id() {
        return order.id();
    }
}
