package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.IDEMPOTENCY_KEY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.memory.Rows.KeyRow;
import io.github.embeddedcommerce.store.IdempotencyStore;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

record InMemoryIdempotency(Rows rows, Journal journal) implements IdempotencyStore {
    @Override
    public Optional<Answered> claim(IdempotentCall request, Instant now) {
        String id = id(request);
        journal.locks(IDEMPOTENCY_KEY, List.of(id));
        KeyRow first = rows.keys.get(id);
        if (first != null) {
            return Optional.of(new Answered(first.request(), requireNonNull(first.outcome())));
        }
        rows.keys.put(id, new KeyRow(request, null));
        journal.adds(IDEMPOTENCY_KEY, id, write(id));
        return Optional.empty();
    }

    @Override
    public void keep(IdempotentCall request, StoredResult outcome) {
        assertThat(rows.keys).containsEntry(id(request), new KeyRow(request, null));
        rows.keys.put(id(request), new KeyRow(request, outcome));
    }

    @Override
    public void release(IdempotentCall request) {
        assertThat(rows.keys.remove(id(request))).isEqualTo(new KeyRow(request, null));
        journal.takesBack(write(id(request)));
    }

    @Override
    public List<IdempotencyKey> lockAll(UserId user) {
        List<IdempotentCall> used = rows.keys.values().stream()
                .map(KeyRow::request)
                .filter(request -> request.user().equals(user))
                .toList();
        journal.locks(
                IDEMPOTENCY_KEY, used.stream().map(InMemoryIdempotency::id).toList());
        return used.stream().map(IdempotentCall::key).toList();
    }

    @Override
    public void remove(UserId user, Collection<IdempotencyKey> keys) {
        for (IdempotencyKey key : keys) {
            String id = user + " " + key;
            assertThat(rows.keys.remove(id)).isNotNull();
            journal.writesLocked(IDEMPOTENCY_KEY, id, write(id));
        }
    }

    @Override
    public int purge(Instant before, int limit) {
        List<String> oldest = rows.keys.entrySet().stream()
                .filter(row -> requireNonNull(row.getValue().outcome()).at().isBefore(before))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
        journal.locks(IDEMPOTENCY_KEY, oldest);
        oldest.forEach(id -> {
            rows.keys.remove(id);
            journal.writesLocked(IDEMPOTENCY_KEY, id, write(id));
        });
        return oldest.size();
    }

    private static String id(IdempotentCall request) {
        return request.user() + " " + request.key();
    }

    private static String write(String id) {
        return "idempotency key " + id;
    }
}
