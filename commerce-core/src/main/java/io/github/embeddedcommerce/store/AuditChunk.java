package io.github.embeddedcommerce.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some of one {@link AuditSubject}, by their keys as texts. */
public sealed interface AuditChunk {
    /**
     * All within a range of keys. The ranges of one subject, one behind the other, leave no key out, so that what
     * refers to one that is not there is within one of them, too.
     *
     * @param after the key before the first; null for none: whatever comes before the next key is in this range
     * @param last the last key; null if no more follow: whatever comes behind is in this range
     * @param size how many there are
     */
    record Range(@Nullable String after, @Nullable String last, int size) implements AuditChunk {}

    /**
     * Those with these keys, with all that is kept of them.
     *
     * @param keys at least one
     */
    record Listed(List<String> keys) implements AuditChunk {
        /** Copies the keys. */
        public Listed {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Those with these keys, of which what is older than the mark was checked before.
     *
     * @param keys at least one
     */
    record Changed(List<String> keys, AuditMark since) implements AuditChunk {
        /** Copies the keys. */
        public Changed {
            keys = List.copyOf(keys);
        }
    }
}
