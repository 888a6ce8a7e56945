package io.github.embeddedcommerce.usecase;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.IdempotencyStore.StoredCall;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a transaction with their idempotency keys. A key is claimed before anything else and its result
 * stored in the same transaction, so the result is there if and only if the call took effect; whoever comes with the
 * same key meanwhile waits. A refusal gives the key back: the same call may succeed later. Not thread-safe.
 */
final class IdempotentCalls<R> {
    private final List<Entry<R>> entries;

    private record Entry<R>(
            R request,
            @Nullable IdempotentCall call,
            @Nullable StoredCall earlier) {}

    private IdempotentCalls(List<Entry<R>> entries) {
        this.entries = entries;
    }

    /**
     * Claims the keys of these requests.
     *
     * @param call a request's call with its key; null for a request without a key
     */
    static <R> IdempotentCalls<R> claim(
            List<R> requests, Function<R, @Nullable IdempotentCall> call, Instant now, Stores stores) {
        List<@Nullable IdempotentCall> calls = new ArrayList<>();
        requests.forEach(request -> calls.add(call.apply(request)));
        TreeSet<IdempotentCall> keyed = new TreeSet<>();
        calls.stream().filter(Objects::nonNull).forEach(keyed::add);
        Map<IdempotentCall, StoredCall> earlier =
                keyed.isEmpty() ? Map.of() : stores.idempotency().claim(keyed, now);
        List<Entry<R>> entries = new ArrayList<>();
        for (R request : requests) {
            IdempotentCall own = calls.get(entries.size());
            entries.add(new Entry<>(request, own, own == null ? null : earlier.get(own)));
        }
        return new IdempotentCalls<>(entries);
    }

    /** The requests that have not been performed before. */
    List<R> fresh() {
        return entries.stream()
                .filter(entry -> entry.earlier == null)
                .map(Entry::request)
                .toList();
    }

    /** The orders, as they are now, that earlier calls with these keys were about. */
    Map<OrderId, Order> earlierOrders(Stores stores) {
        Set<OrderId> ids = earlierIds(OrderId::new);
        return ids.isEmpty() ? Map.of() : stores.orders().find(ids);
    }

    /** The ids of what earlier calls with these keys wrote. */
    <T> Set<T> earlierIds(LongFunction<T> id) {
        return entries.stream()
                .filter(entry -> entry.earlier != null && entry.earlier.call().equals(entry.call))
                .map(entry -> id.apply(requireNonNull(entry.earlier).result().id()))
                .collect(toSet());
    }

    /**
     * Decides each request in its turn.
     *
     * @param fresh decides a request that has not been performed before
     * @param again the answer to one that has, from its stored result
     */
    <A> List<Answer<A>> decide(Function<R, Answer<A>> fresh, BiFunction<R, StoredResult, A> again) {
        List<Answer<A>> answers = new ArrayList<>();
        for (Entry<R> entry : entries) {
            StoredCall earlier = entry.earlier;
            answers.add(earlier == null ? fresh.apply(entry.request) : Answer.of(() -> repeat(entry, earlier, again)));
        }
        return answers;
    }

    private static <R, A> A repeat(Entry<R> entry, StoredCall earlier, BiFunction<R, StoredResult, A> again) {
        IdempotentCall call = requireNonNull(entry.call);
        if (!call.equals(earlier.call())) {
            throw call.usedFor(earlier.call());
        }
        return again.apply(entry.request, earlier.result());
    }

    /** Stores the results of the accepted requests, and gives the keys of the refused ones back. */
    <A> void store(List<Answer<A>> answers, Function<A, StoredResult> result, Stores stores) {
        List<StoredCall> accepted = new ArrayList<>();
        List<IdempotentCall> refused = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            IdempotentCall call = entries.get(i).call;
            if (call == null || entries.get(i).earlier != null) {
                continue;
            }
            if (answers.get(i) instanceof Accepted<A> answer) {
                accepted.add(new StoredCall(call, result.apply(answer.value())));
            } else {
                refused.add(call);
            }
        }
        stores.idempotency().store(accepted);
        stores.idempotency().release(refused);
    }

    /** Gives all keys back that this transaction has claimed. */
    void release(Stores stores) {
        List<IdempotentCall> claimed = new ArrayList<>();
        for (Entry<R> entry : entries) {
            if (entry.call != null && entry.earlier == null) {
                claimed.add(entry.call);
            }
        }
        stores.idempotency().release(claimed);
    }
}
