package io.github.embeddedcommerce.user;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.util.Map;

/**
 * The id of a user, given by the host. Compared exactly, including case and accents. Immutable.
 *
 * @param value 1 to 64 characters
 */
public record UserId(String value) implements Comparable<UserId> {
    /** Refuses an empty or too long id (VALIDATION_ERROR). */
    public UserId {
        Validation.text(value, "userId", 1, 64);
    }

    /** The refusal of a user who is not registered. */
    public CommerceException notFound() {
        return new CommerceException(
                USER_NOT_FOUND, "user " + value + " is not registered: register the user first", Map.of("user", value));
    }

    /** The refusal to remove a user who has orders that can still be paid. */
    public CommerceException hasPendingOrders() {
        return new CommerceException(
                INVALID_ORDER_STATUS,
                "user " + value + " has pending orders: cancel them, or let them expire, before removing the user",
                Map.of("user", value));
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
