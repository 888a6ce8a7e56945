package io.github.embeddedcommerce.error;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refused call: the request is malformed, or the state of the shop does not allow it. The database is exactly as it
 * was before the call.
 *
 * <p>For programs there are {@link #code()}, {@link #field()} and {@link #values()}; all three are stable. The message
 * is for people: it says what is wrong and what to do, and ends with the code. Its wording may change. Immutable.
 */
public final class CommerceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 2L;

    private static final String FIELD = "field";

    private final ErrorCode code;
    private final LinkedHashMap<String, Object> values;

    /**
     * @param code why the call is refused
     * @param message what is wrong and what to do about it
     * @param values the values concerned, by name: strings and numbers. If an input of the call is to blame, its path
     *     is among them as {@code field}, and the message begins with it
     */
    public CommerceException(ErrorCode code, String message, Map<String, ?> values) {
        super(message);
        this.code = code;
        this.values = new LinkedHashMap<>(values);
    }

    /** Why the call was refused. */
    public ErrorCode code() {
        return code;
    }

    /**
     * The path of the input that was refused; empty if no single input is to blame. Every VALIDATION_ERROR,
     * INVALID_QUANTITY and INVALID_STOCK_QUANTITY that concerns an argument has it.
     *
     * <p>The path is made of names of the Java API. A request's own components come first ({@code note}), then those of
     * its parts ({@code terms.discount}); entries of lists are counted from 0 ({@code lines[2].quantity}), and entries
     * of maps stand under their key ({@code attributes[color]}). An argument that is not a request is named as the
     * method's parameter ({@code total}). Values that are made before they are passed name themselves: {@code userId}
     * and all other ids, {@code cursor}, {@code idempotencyKey}.
     */
    public Optional<String> field() {
        return Optional.ofNullable(values.get(FIELD)).map(Object::toString);
    }

    /**
     * The values concerned, by name, such as {@code asked=5} and {@code available=2}: strings and numbers. The page
     * docs/errors.md lists the names for every code. Unmodifiable.
     */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** What is wrong and what to do about it, with the code in parentheses at the end. */
    @Override
    public String getMessage() {
        return super.getMessage() + " (" + code.code() + ")";
    }

    /** This refusal of a part, as a refusal of the request that has the part at this path. */
    CommerceException within(String path) {
        String field = field().orElse(null);
        if (field == null) {
            return this;
        }
        String whole = path + "." + field;
        return withField(whole, moved(super.getMessage(), field, whole));
    }

    /** The same for a part that is to blame itself where this refusal names no field of it. */
    CommerceException withinOrOf(String path) {
        return field().isPresent() ? within(path) : withField(path, path + " is refused: " + super.getMessage());
    }

    private CommerceException withField(String field, String message) {
        LinkedHashMap<String, Object> renamed = new LinkedHashMap<>(values);
        renamed.put(FIELD, field);
        CommerceException refusal = new CommerceException(code, message, renamed);
        refusal.setStackTrace(getStackTrace());
        return refusal;
    }

    private static String moved(@Nullable String message, String field, String whole) {
        String text = String.valueOf(message);
        return text.startsWith(field) ? whole + text.substring(field.length()) : whole + ": " + text;
    }
}
