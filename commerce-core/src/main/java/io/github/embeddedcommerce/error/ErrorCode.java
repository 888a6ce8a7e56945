package io.github.embeddedcommerce.error;

import static io.github.embeddedcommerce.error.ErrorCategory.CONFLICT;
import static io.github.embeddedcommerce.error.ErrorCategory.EXHAUSTED;
import static io.github.embeddedcommerce.error.ErrorCategory.FORBIDDEN;
import static io.github.embeddedcommerce.error.ErrorCategory.INVALID;
import static io.github.embeddedcommerce.error.ErrorCategory.NOT_FOUND;

/**
 * Why a call was refused. Every {@link CommerceException} carries one of these. Codes may be added; none is ever
 * renamed or used for something else.
 */
public enum ErrorCode {
    /** No product has this id. */
    PRODUCT_NOT_FOUND("P001", NOT_FOUND),
    /** Fewer units of an option are available than were asked for. */
    INSUFFICIENT_STOCK("P002", EXHAUSTED),
    /**
     * A stock quantity is out of range, or the change would leave less stock on hand than is reserved or more than an
     * option can have.
     */
    INVALID_STOCK_QUANTITY("P003", INVALID),
    /** No option has this id or sku, or its product is not on sale. */
    PRODUCT_OPTION_NOT_FOUND("P004", NOT_FOUND),
    /** A quantity in a cart, an order or a return is below 1 or above the limit. */
    INVALID_QUANTITY("O001", INVALID),
    /** No order has this id. */
    ORDER_NOT_FOUND("O002", NOT_FOUND),
    /** The order's time to pay has passed. */
    ORDER_EXPIRED("O003", CONFLICT),
    /** The order has been paid. */
    ALREADY_PAID("O004", CONFLICT),
    /** The order belongs to another user. */
    UNAUTHORIZED_ORDER_ACCESS("O005", FORBIDDEN),
    /** The status of the order, or of one of its events, does not allow this. */
    INVALID_ORDER_STATUS("O006", CONFLICT),
    /** No return has this id. */
    RETURN_NOT_FOUND("O007", NOT_FOUND),
    /** The user's balance is less than the amount to be taken from it. */
    INSUFFICIENT_BALANCE("PAY001", EXHAUSTED),
    /** The payment was refused for a reason that no other code describes. */
    PAYMENT_FAILED("PAY002", CONFLICT),
    /** No payment has this id. */
    PAYMENT_NOT_FOUND("PAY003", NOT_FOUND),
    /**
     * What is reported of a payment or refund does not fit what is known: another amount, another reference, or a
     * reference that belongs to another one.
     */
    PAYMENT_MISMATCH("PAY004", CONFLICT),
    /** A payment from outside is under way for the order. */
    PAYMENT_UNDER_WAY("PAY005", CONFLICT),
    /** The payment is of more than what is neither paid nor under way, or nothing is left to pay. */
    PAYMENT_EXCEEDS_DUE("PAY006", CONFLICT),
    /** The state of the payment does not allow this. */
    INVALID_PAYMENT_STATE("PAY007", CONFLICT),
    /** No refund has this id. */
    REFUND_NOT_FOUND("PAY008", NOT_FOUND),
    /** As many coupons of this kind have been issued as there are. */
    COUPON_SOLD_OUT("C001", EXHAUSTED),
    /**
     * The coupon cannot be used for this order: it belongs to another user, is not valid yet, needs a larger order
     * total, or would take nothing off.
     */
    INVALID_COUPON("C002", CONFLICT),
    /** The coupon has expired. */
    EXPIRED_COUPON("C003", CONFLICT),
    /** The coupon has been used. */
    ALREADY_USED("C004", CONFLICT),
    /** The user has been issued this coupon before. */
    ALREADY_ISSUED("C005", CONFLICT),
    /** No issued coupon has this id. */
    COUPON_NOT_FOUND("C006", NOT_FOUND),
    /** No coupon that can be issued has this id. */
    COUPON_INFO_NOT_FOUND("C007", NOT_FOUND),
    /** No user is registered under this id. */
    USER_NOT_FOUND("U001", NOT_FOUND),
    /** No cart item has this id. */
    CART_ITEM_NOT_FOUND("CART001", NOT_FOUND),
    /** The cart item belongs to another user. */
    UNAUTHORIZED_CART_ACCESS("CART002", FORBIDDEN),
    /**
     * An input is malformed or not accepted: missing, empty, too long, out of range, in another currency, or already
     * taken. {@link CommerceException#field()} says which.
     */
    VALIDATION_ERROR("VALIDATION_ERROR", INVALID);

    private final String code;
    private final ErrorCategory category;

    ErrorCode(String code, ErrorCategory category) {
        this.code = code;
        this.category = category;
    }

    /** The short, stable code for protocols and logs, such as {@code P002}. */
    public String code() {
        return code;
    }

    /** What kind of refusal this is, such as {@link ErrorCategory#NOT_FOUND}. */
    public ErrorCategory category() {
        return category;
    }
}
