package io.github.embeddedcommerce.store;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.cart.PlaceFromCart;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A request with its key, and what makes it the same request as another. Immutable.
 *
 * @param user whose key it is
 * @param key its key
 * @param useCase what is asked for, such as {@code orders.pay}
 * @param fingerprint SHA-256 of all that is asked for, in hexadecimal: the same for the same request only
 */
public record IdempotentCall(UserId user, IdempotencyKey key, String useCase, String fingerprint) {
    /** To place this order; the same items in another order are another request. */
    public static IdempotentCall toPlace(PlaceOrder request, IdempotencyKey key) {
        Object[] items = request.items().stream()
                .map(item -> item.option() + " x " + item.quantity())
                .toArray();
        return of(request.user(), key, "orders.place", items);
    }

    /** To place an order for what is in a cart; all of it is the same request whatever is in it. */
    public static IdempotentCall toPlace(PlaceFromCart request, IdempotencyKey key) {
        Object[] items = request.chosen().stream().map(item -> "item " + item).toArray();
        return of(request.user(), key, "orders.place", request.all() ? new Object[] {"cart"} : items);
    }

    /** To pay an order. */
    public static IdempotentCall toPay(PayOrder payment, IdempotencyKey key) {
        return of(payment.user(), key, "orders.pay", payment.order(), payment.coupon() == null ? "" : payment.coupon());
    }

    /** To cancel an order. */
    public static IdempotentCall toCancel(UserId user, OrderId order, IdempotencyKey key) {
        return of(user, key, "orders.cancel", order);
    }

    /** To change a balance. */
    public static IdempotentCall toChange(UserId user, BalanceMovement movement, IdempotencyKey key) {
        String useCase = movement.code() == BalanceCode.ADJUST ? "users.adjust" : "users.charge";
        return of(user, key, useCase, movement.amount(), movement.note());
    }

    /** Each part goes in with its length, so that no two lists of parts look alike. */
    private static IdempotentCall of(UserId user, IdempotencyKey key, String useCase, Object... parts) {
        StringBuilder text = new StringBuilder(useCase);
        for (Object part : parts) {
            String written = part.toString();
            text.append('\n').append(written.length()).append(':').append(written);
        }
        return new IdempotentCall(user, required(key, "idempotency key"), useCase, sha256(text.toString()));
    }

    /** The refusal of a key that was used for another request, which did this. */
    public CommerceException usedFor(String otherUseCase) {
        return Validation.refusal(
                "idempotency key " + key + " was used for another request, " + otherUseCase
                        + ": make the same call again, or use a new key for a new one",
                Map.of("idempotencyKey", key.value(), "user", user.value(), "usedFor", otherUseCase));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
