package io.github.embeddedcommerce.examples.console;

import java.io.Serial;

/** The user asked for what cannot be done; the message is the one line to tell them. */
final class BadInput extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
        super(message);
    }
}
