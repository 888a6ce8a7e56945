package io.github.embeddedcommerce.jdbc.store;

/** A query whose answer nobody needs, to be sent at the end of a use case, with the last of its writes. */
public interface LastQuery {
    /** None. */
    LastQuery NONE = writesWait -> "";

    /**
     * Asked when all else has been done or is about to be sent.
     *
     * @param writesWait whether writes are sent before it
     * @return the query; empty for none
     */
    String after(boolean writesWait);
}
