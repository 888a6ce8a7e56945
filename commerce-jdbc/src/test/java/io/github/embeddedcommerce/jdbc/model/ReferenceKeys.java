package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The idempotency keys of the reference. */
final class ReferenceKeys {
    private final ReferenceShop shop;
    private final TreeMap<Key, Used> used = new TreeMap<>();

    ReferenceKeys(ReferenceShop shop) {
        this.shop = shop;
    }

    private record Key(String user, String text) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int users = user.compareTo(other.user);
            return users == 0 ? text.compareTo(other.text) : users;
        }
    }

    private record Used(String request, String answer, Instant at) {}

    /** Does it, or answers as the first time. A refusal leaves the key unused. */
    String once(String user, String key, String request, Supplier<String> work) {
        Used first = used.get(new Key(user, key));
        if (first != null) {
            Refused.when(!first.request().equals(request), VALIDATION_ERROR);
            return first.answer();
        }
        String answer = work.get();
        used.put(new Key(user, key), new Used(request, answer, shop.now));
        return answer;
    }

    void forget(String user) {
        used.keySet().removeIf(key -> key.user().equals(user));
    }

    /** How many keys from before this instant are forgotten. */
    long purge(Instant before) {
        long all = used.size();
        used.values().removeIf(one -> one.at().isBefore(before));
        return all - used.size();
    }

    void write(Map<String, Collection<String>> books) {
        List<String> keys = new ArrayList<>();
        used.forEach((key, one) -> keys.add(Told.of(key.user(), key.text(), one.at())));
        books.put("""
                select owner, idempotency_key, used_at from <commerce>idempotency_keys
                order by owner, idempotency_key
                """, keys);
    }
}
