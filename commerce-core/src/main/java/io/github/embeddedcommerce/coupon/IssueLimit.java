package io.github.embeddedcommerce.coupon;

/**
 * The limit of a coupon and its use. Immutable. Always {@code 0 <= issued <= total}.
 *
 * @param total how many can be issued
 * @param issued how many have been issued; unused coupons of removed users do not count
 */
public record IssueLimit(long total, long issued) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public IssueLimit {
        if (issued < 0 || total < issued) {
            throw new IllegalArgumentException(issued + " of " + total + " coupons cannot be issued");
        }
    }

    /** How many can still be issued. */
    public long remaining() {
        return total - issued;
    }
}
