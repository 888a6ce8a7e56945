package io.github.embeddedcommerce.error;

/** The reasons for which the shop refuses a call. A {@link CommerceException} carries one of them. */
public enum ErrorCode {
    /** No product has this id. */
    PRODUCT_NOT_FOUND("P001"),
    /** Fewer units are available than were asked for. */
    INSUFFICIENT_STOCK("P002"),
    /** A stock quantity is out of range, or would take the stock on hand below what is reserved. */
    INVALID_STOCK_QUANTITY("P003"),
    /** No option has this id, or its product is not on sale. */
    PRODUCT_OPTION_NOT_FOUND("P004"),
    /** An ordered quantity is below 1 or above the limit. */
    INVALID_QUANTITY("O001"),
    /** No order has this id. */
    ORDER_NOT_FOUND("O002"),
    /** The time to pay has passed. */
    ORDER_EXPIRED("O003"),
    /** The order is paid already. */
    ALREADY_PAID("O004"),
    /** The order belongs to another user. */
    UNAUTHORIZED_ORDER_ACCESS("O005"),
    /** The order is in a state that does not allow this. */
    INVALID_ORDER_STATUS("O006"),
    /** The user's balance is smaller than the amount to take from it. */
    INSUFFICIENT_BALANCE("PAY001"),
    /** The payment cannot be carried out for a reason no other code names. */
    PAYMENT_FAILED("PAY002"),
    /** Every coupon of this kind has been issued. */
    COUPON_SOLD_OUT("C001"),
    /** The coupon cannot be used for this order: not the payer's, not valid yet, below its minimum, or no gain. */
    INVALID_COUPON("C002"),
    /** The coupon's time is over. */
    EXPIRED_COUPON("C003"),
    /** The coupon has been used. */
    ALREADY_USED("C004"),
    /** The user has this coupon already. */
    ALREADY_ISSUED("C005"),
    /** No issued coupon has this id. */
    COUPON_NOT_FOUND("C006"),
    /** No coupon definition has this id. */
    COUPON_INFO_NOT_FOUND("C007"),
    /** No user has this id. */
    USER_NOT_FOUND("U001"),
    /** No cart item has this id. */
    CART_ITEM_NOT_FOUND("CART001"),
    /** The cart item belongs to another user. */
    UNAUTHORIZED_CART_ACCESS("CART002"),
    /** The input is malformed: null, empty, too long, out of range, or in another currency. */
    VALIDATION_ERROR("VALIDATION_ERROR");

    private final String code;

    ErrorCode(String code) {
        this.code = code;
    }

    /** The short, stable code for protocols and logs, such as {@code P002}. */
    public String code() {
        return code;
    }
}
