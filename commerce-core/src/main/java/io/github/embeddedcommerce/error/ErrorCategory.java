package io.github.embeddedcommerce.error;

/**
 * What kind of refusal an {@link ErrorCode} is, for hosts that treat the codes of one kind alike. Later versions may
 * add codes, but no code ever changes its category.
 *
 * <p>A host that speaks HTTP can map the category to a status, as shown at each constant, and send the code in the
 * body. A protocol with fewer statuses can send 400 for everything but {@link #NOT_FOUND} and {@link #FORBIDDEN}.
 */
public enum ErrorCategory {
    /** The request names something that does not exist. HTTP: 404 Not Found. */
    NOT_FOUND,
    /** The request names something that belongs to another user. HTTP: 403 Forbidden. */
    FORBIDDEN,
    /**
     * The request is well-formed, but the current state of what it names does not allow it: an order has expired, a
     * coupon has been used. Repeating the request does not help. HTTP: 409 Conflict.
     */
    CONFLICT,
    /**
     * The request is malformed, or one of its values is not accepted; {@link CommerceException#field()} says which. It
     * must be corrected before it is sent again. HTTP: 400 Bad Request.
     */
    INVALID,
    /**
     * There is not enough stock, balance or coupons. The same request can succeed later, or now with a smaller
     * quantity. HTTP: 409 Conflict.
     */
    EXHAUSTED
}
