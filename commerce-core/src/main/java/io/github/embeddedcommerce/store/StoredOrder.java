package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.Order;

/**
 * An order as it is stored, with how much has been written about it. Immutable.
 *
 * @param order the order
 * @param events how many events it has had
 * @param balanceParts how many lines the balance histories of its owner have had about it
 */
public record StoredOrder(Order order, int events, int balanceParts) {
    /** The order has changed. */
    public StoredOrder with(Order changed) {
        return new StoredOrder(changed, events, balanceParts);
    }

    /** One more event. */
    public StoredOrder withEvent() {
        return new StoredOrder(order, events + 1, balanceParts);
    }

    /** One more line in a balance history. */
    public StoredOrder withBalancePart() {
        return new StoredOrder(order, events, balanceParts + 1);
    }
}
