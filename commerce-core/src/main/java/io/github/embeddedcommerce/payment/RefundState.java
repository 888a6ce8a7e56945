package io.github.embeddedcommerce.payment;

/** The state of a refund: {@code DUE ──▶ SETTLED}. A refund that fails stays due. */
public enum RefundState {
    /** Owed: the host is to have its provider refund it. */
    DUE,
    /** The provider has refunded it. */
    SETTLED
}
