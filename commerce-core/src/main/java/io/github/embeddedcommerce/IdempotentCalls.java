package io.github.embeddedcommerce;

import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.store.IdempotencyStore.Answered;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.UserId;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.joda.money.Money;

/**
 * How a use case is done once under its key, however often it is asked for. The key is taken and the outcome kept in
 * the transaction of the use case itself, so they are there together or not at all; whoever comes with the same key
 * meanwhile waits. A refusal gives the key back: the same call may succeed later. Thread-safe.
 *
 * @param kept what is kept of an answer
 * @param again the answer, from what was kept of it
 */
record IdempotentCalls<T>(Function<T, StoredResult> kept, BiFunction<StoredResult, Stores, T> again) {
    static final IdempotentCalls<Order> PLACED = new IdempotentCalls<>(
            StoredResult::of, (outcome, stores) -> order(outcome, stores).asPlaced());

    static final IdempotentCalls<Receipt> PAID = new IdempotentCalls<>(
            StoredResult::of,
            (outcome, stores) -> new Receipt(order(outcome, stores).asPaid(), requireNonNull(outcome.balance())));

    static final IdempotentCalls<Cancellation> CANCELLED = new IdempotentCalls<>(
            StoredResult::of, (outcome, stores) -> Cancellation.of(order(outcome, stores), outcome.couponReturned()));

    static IdempotentCalls<BalanceChange> changed(UserId user, BalanceMovement movement) {
        return new IdempotentCalls<>(StoredResult::of, (outcome, stores) -> {
            Money before = requireNonNull(outcome.balance()).minus(movement.amount());
            return new BalanceChange(user, requireNonNull(outcome.changeNumber()), before, movement, outcome.at());
        });
    }

    /** The work, in a transaction of its own, unless it has been done under this key. */
    T run(UseCaseContext context, IdempotentCall request, Function<Stores, T> work) {
        return context.transactions().run(request.useCase(), stores -> {
            Optional<Answered> first = stores.idempotency().claim(request, context.now());
            return first.isPresent() ? again(first.get(), request, stores) : answer(request, work, stores);
        });
    }

    private T answer(IdempotentCall request, Function<Stores, T> work, Stores stores) {
        T answer;
        try {
            answer = work.apply(stores);
        } catch (CommerceException refusal) {
            stores.idempotency().release(request);
            throw refusal;
        }
        stores.idempotency().keep(request, kept.apply(answer));
        return answer;
    }

    private T again(Answered first, IdempotentCall request, Stores stores) {
        if (!first.request().equals(request)) {
            throw request.usedFor(first.request().useCase());
        }
        return again.apply(first.outcome(), stores);
    }

    private static Order order(StoredResult outcome, Stores stores) {
        return stores.orders().find(requireNonNull(outcome.order())).orElseThrow();
    }
}
