package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Changes balances, each with one line in the user's history: tops them up, or adjusts them. */
public final class ChangeBalances implements UseCase<ChangeBalances.Request, BalanceChange> {
    private final String name;
    private final UseCaseContext context;

    private ChangeBalances(String name, UseCaseContext context) {
        this.name = name;
        this.context = context;
    }

    /** Puts money into balances. */
    public static ChangeBalances topUp(UseCaseContext context) {
        return new ChangeBalances("users.topUp", context);
    }

    /** Corrects balances. */
    public static ChangeBalances adjust(UseCaseContext context) {
        return new ChangeBalances("users.adjust", context);
    }

    /** What is asked for. Immutable. */
    public record Request(
            UserId user, BalanceMovement movement, @Nullable IdempotencyKey key) {
        public static Request of(TopUp topUp) {
            BalanceMovement movement = new BalanceMovement(topUp.amount(), BalanceCode.SYSTEM_CHARGE, topUp.note(), "");
            return new Request(topUp.user(), movement, topUp.key());
        }

        public static Request of(AdjustBalance adjust) {
            BalanceMovement movement = new BalanceMovement(adjust.amount(), BalanceCode.ADJUST, adjust.note(), "");
            return new Request(adjust.user(), movement, adjust.key());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<RowKey> contended(Request request) {
        return RowKey.with(request.key(), request.user(), RowKey.of(LockOrder.USER, request.user()));
    }

    @Override
    public List<Answer<BalanceChange>> perform(List<Request> requests, Stores stores) {
        IdempotentCalls<Request> calls = IdempotentCalls.claim(requests, this::call, context.now(), stores);
        LockedBalances balances =
                LockedBalances.lock(calls.fresh().stream().map(Request::user).collect(toSet()), stores);
        Instant now = context.now();

        List<Answer<BalanceChange>> answers = calls.decide(
                request -> Answer.of(() -> balances.change(request.user(), request.movement(), now)), this::change);

        balances.write(stores);
        calls.store(answers, ChangeBalances::result, stores);
        return answers;
    }

    private @Nullable IdempotentCall call(Request request) {
        return request.key() == null
                ? null
                : IdempotentCall.of(
                        request.user(),
                        request.key(),
                        name,
                        request.movement().amount(),
                        request.movement().note());
    }

    private static StoredResult result(BalanceChange change) {
        return new StoredResult(change.number(), List.of(change.after().getAmountMinorLong()), change.at());
    }

    private BalanceChange change(Request request, StoredResult result) {
        BalanceMovement movement = request.movement();
        Money after =
                Money.ofMinor(context.settings().currency(), result.values().get(0));
        return new BalanceChange(request.user(), result.id(), after.minus(movement.amount()), movement, result.at());
    }
}
