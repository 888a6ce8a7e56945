package io.github.embeddedcommerce.examples.storefront.http;

import java.io.Serial;

/** A request that HTTP has a status of its own for, such as 401 where the token is missing. Immutable. */
public final class HttpRefusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param message what is wrong and what to do about it */
    public HttpRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
