package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.error.ErrorCode;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The reference refuses. */
final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    Refused(ErrorCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    /** Refuses what is not there. */
    static <T> T unless(@Nullable T there, ErrorCode code) {
        if (there == null) {
            throw new Refused(code);
        }
        return there;
    }

    static void when(boolean wrong, ErrorCode code) {
        if (wrong) {
            throw new Refused(code);
        }
    }
}
