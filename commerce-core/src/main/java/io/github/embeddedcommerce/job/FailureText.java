package io.github.embeddedcommerce.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.embeddedcommerce.event.Delivery;

/** The text of a failure of the host's code, reduced to what a database can store. */
final class FailureText {
    private FailureText() {}

    static String of(Throwable failure) {
        String text = words(failure);
        String bounded = text.substring(0, Math.min(text.length(), Delivery.MAX_ERROR));
        return new String(bounded.getBytes(UTF_8), UTF_8).replace('\0', '?');
    }

    private static String words(Throwable failure) {
        try {
            return String.valueOf(failure.toString());
        } catch (RuntimeException evenThatFails) {
            return failure.getClass().getName();
        }
    }
}
