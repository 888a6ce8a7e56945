package io.github.embeddedcommerce.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row or group of rows that violates an invariant. Immutable.
 *
 * @param invariant which one
 * @param row the ids and figures concerned, by column
 */
public record Violation(Invariant invariant, Map<String, String> row) {
    /** Copies the row. */
    public Violation {
        row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
    }
}
