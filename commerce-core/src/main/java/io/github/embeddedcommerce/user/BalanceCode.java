package io.github.embeddedcommerce.user;

/** The reason of a balance change. */
public enum BalanceCode {
    /** A top-up. */
    SYSTEM_CHARGE,
    /** A payment of an order. */
    PAYMENT,
    /** The refund of a cancelled order or of a return. */
    REFUND,
    /** A correction. */
    ADJUST
}
