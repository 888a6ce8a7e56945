package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.user.UserId;

/**
 * The request to pay an order from the payer's balance. Immutable.
 *
 * <pre>{@code
 * new Payment(ann, order.id())
 * }</pre>
 *
 * @param user who pays, the owner of the order
 * @param order which order
 */
public record Payment(UserId user, OrderId order) {
    /** Refuses null (VALIDATION_ERROR). */
    public Payment {
        Validation.required(user, "user");
        Validation.required(order, "order");
    }
}
