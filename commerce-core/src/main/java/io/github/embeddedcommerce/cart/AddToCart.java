package io.github.embeddedcommerce.cart;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.Quantity;
import io.github.embeddedcommerce.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The request to add units of an option to a user's cart. Immutable.
 *
 * <pre>{@code
 * AddToCart.of(ann, mug, 2).withKey(key)
 * }</pre>
 *
 * @param user whose cart
 * @param option the option
 * @param quantity how many units more, 1 to {@link Quantity#MAX}, which also bounds the sum in the cart
 * @param key the idempotency key; null for none
 */
public record AddToCart(
        UserId user,
        OptionId option,
        long quantity,
        @Nullable IdempotencyKey key) {
    /** Refuses null (VALIDATION_ERROR) and a quantity out of range (INVALID_QUANTITY). */
    public AddToCart {
        Validation.required(user, "user");
        Quantity.require(option, quantity);
    }

    /** A request without an idempotency key. */
    public static AddToCart of(UserId user, OptionId option, long quantity) {
        return new AddToCart(user, option, quantity, null);
    }

    /** The same with this idempotency key. */
    public AddToCart withKey(IdempotencyKey newKey) {
        return new AddToCart(user, option, quantity, Validation.required(newKey, "key"));
    }
}
