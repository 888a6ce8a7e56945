package io.github.embeddedcommerce.payment;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Which payments from outside to list. Each restriction narrows the list. Immutable.
 *
 * @param order only those of this order; null for all
 * @param user only those of this user's orders; null for all
 * @param state only those that are in this state now; null for all
 * @param method only those of this method; null for all
 */
public record PaymentQuery(
        @Nullable OrderId order,
        @Nullable UserId user,
        @Nullable PaymentState state,
        @Nullable String method) {
    /** Refuses a method that no payment can have (VALIDATION_ERROR). */
    public PaymentQuery {
        if (method != null) {
            Validation.text(method, "method", 1, Payment.MAX_METHOD);
        }
    }

    /** All of them. */
    public static PaymentQuery all() {
        return new PaymentQuery(null, null, null, null);
    }

    /** Only those of this order. */
    public PaymentQuery ofOrder(OrderId only) {
        return new PaymentQuery(Validation.required(only, "order"), user, state, method);
    }

    /** Only those of this user's orders. */
    public PaymentQuery ofUser(UserId only) {
        return new PaymentQuery(order, Validation.required(only, "user"), state, method);
    }

    /** Only those that are in this state now. */
    public PaymentQuery inState(PaymentState only) {
        return new PaymentQuery(order, user, Validation.required(only, "state"), method);
    }

    /** Only those of this method. */
    public PaymentQuery byMethod(String only) {
        return new PaymentQuery(order, user, state, Validation.required(only, "method"));
    }
}
