package io.github.embeddedcommerce.error;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The text of a failure of the host's code, whatever that failure does when it is asked: reduced to what a database can
 * store. For the library's own modules.
 */
public final class FailureText {
    /** The longest text, in characters; a longer one is cut off. */
    public static final int MAX_LENGTH = 1_000;

    private FailureText() {}

    /** What the failure says of itself; the name of its class if it cannot, or says nothing. Never throws. */
    public static String of(Throwable failure) {
        String text = words(failure);
        String bounded = text.substring(0, Math.min(text.length(), MAX_LENGTH));
        return new String(bounded.getBytes(UTF_8), UTF_8).replace('\0', '?');
    }

    private static String words(Throwable failure) {
        try {
            String text = failure.toString();
            return text == null ? failure.getClass().getName() : text;
        } catch (Throwable evenThatFails) { // an Error too: a cause that refers to itself overflows the stack
            return failure.getClass().getName();
        }
    }
}
