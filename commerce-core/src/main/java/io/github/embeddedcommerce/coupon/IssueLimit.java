package io.github.embeddedcommerce.coupon;

/**
 * How many of a limited coupon there are. Immutable. Always {@code 0 <= issued <= total}.
 *
 * @param total how many can be issued
 * @param issued how many have been, to users who are still there or have used theirs; a coupon that was given back
 *     stays issued
 */
public record IssueLimit(long total, long issued) {
    /** Refuses a count that cannot be: it would mean a bug or a damaged database. */
    public IssueLimit {
        if (issued < 0 || total < issued) {
            throw new IllegalArgumentException(issued + " of " + total + " coupons cannot be issued");
        }
    }

    /** How many are left. */
    public long remaining() {
        return total - issued;
    }
}
