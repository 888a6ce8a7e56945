package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The request to cancel an order. Immutable.
 *
 * <pre>{@code
 * CancelOrder.by(ann, order.id()).withKey(key)
 * }</pre>
 *
 * @param user the owner of the order
 * @param order which order
 * @param key the idempotency key; null for none
 */
public record CancelOrder(
        UserId user, OrderId order, @Nullable IdempotencyKey key) {
    /** Refuses null (VALIDATION_ERROR). */
    public CancelOrder {
        Validation.required(user, "user");
        Validation.required(order, "order");
    }

    /** A request without an idempotency key. */
    public static CancelOrder by(UserId user, OrderId order) {
        return new CancelOrder(user, order, null);
    }

    /** The same with this idempotency key. */
    public CancelOrder withKey(IdempotencyKey newKey) {
        return new CancelOrder(user, order, Validation.required(newKey, "key"));
    }
}
