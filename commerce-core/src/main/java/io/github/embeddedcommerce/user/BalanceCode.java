package io.github.embeddedcommerce.user;

/** Why a balance changed. */
public enum BalanceCode {
    /** Money was put in. */
    SYSTEM_CHARGE,
    /** An order was paid. */
    PAYMENT,
    /** A paid order was cancelled. */
    REFUND,
    /** Somebody corrected the balance. */
    ADJUST
}
