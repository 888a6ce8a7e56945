package io.github.embeddedcommerce.error;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal by the shop: the one exception type for everything a caller can get wrong or come too late for.
 *
 * <p>A refused call leaves the database exactly as it was. The message says what to do and ends with the code;
 * {@link #values()} has the figures it speaks of, for callers that word their own message. Immutable.
 */
public final class CommerceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final LinkedHashMap<String, Object> values;

    /**
     * @param code why the call is refused
     * @param message what is wrong and what to do about it
     * @param values the values concerned, by name: strings and numbers
     */
    public CommerceException(ErrorCode code, String message, Map<String, ?> values) {
        super(message + " (" + code.code() + ")");
        this.code = code;
        this.values = new LinkedHashMap<>(values);
    }

    /** Why the call was refused. */
    public ErrorCode code() {
        return code;
    }

    /** The values concerned, by name, such as {@code asked=5} and {@code available=2}. Unmodifiable. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
