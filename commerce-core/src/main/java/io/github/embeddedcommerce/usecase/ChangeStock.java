package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes the units on hand, each time with one line in the stock history: receives or adjusts stock. */
public final class ChangeStock implements BulkUseCase<ChangeStock.Request, StockLevel> {
    private final String name;
    private final UseCaseContext context;

    private ChangeStock(String name, UseCaseContext context) {
        this.name = name;
        this.context = context;
    }

    /** Receives stock. */
    public static ChangeStock receive(UseCaseContext context) {
        return new ChangeStock("products.receiveStock", context);
    }

    /** Adjusts stock. */
    public static ChangeStock adjust(UseCaseContext context) {
        return new ChangeStock("products.adjustStock", context);
    }

    /** What is asked for. Immutable. */
    public record Request(
            OptionId option,
            long quantity,
            Reason reason,
            @Nullable IdempotencyKey key) {
        public static Request of(ReceiveStock receive) {
            Reason reason = new Reason(Kind.RECEIPT, receive.note());
            return new Request(receive.option(), receive.quantity(), reason, receive.key());
        }

        public static Request of(AdjustStock adjust) {
            Reason reason = new Reason(Kind.ADJUSTMENT, adjust.note());
            return new Request(adjust.option(), adjust.quantity(), reason, adjust.key());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<RowKey> contended(Request request) {
        return RowKey.with(request.key(), "", RowKey.of(LockOrder.STOCK, request.option()));
    }

    @Override
    public Decision<StockLevel> decide(List<Request> requests, Stores stores) {
        IdempotentCalls<Request> calls = IdempotentCalls.claim(requests, this::call, context.now(), stores);
        LockedStock stock =
                LockedStock.lock(calls.fresh().stream().map(Request::option).collect(toSet()), stores);
        Instant now = context.now();

        List<Answer<StockLevel>> answers = calls.decide(
                request -> Answer.of(() -> stock.change(request.option(), request.quantity(), request.reason(), now)),
                (request, result) -> level(result));

        return new Decision<>(
                answers,
                () -> {
                    calls.store(answers, ChangeStock::result, stores);
                    stock.write(stores);
                    return answers;
                },
                () -> calls.release(stores));
    }

    private @Nullable IdempotentCall call(Request request) {
        return request.key() == null
                ? null
                : IdempotentCall.ofShop(
                        request.key(),
                        name,
                        request.option(),
                        request.quantity(),
                        request.reason().note());
    }

    private static StoredResult result(StockLevel level) {
        return new StoredResult(level.option().value(), List.of(level.onHand(), level.reserved()), level.changedAt());
    }

    private static StockLevel level(StoredResult result) {
        return new StockLevel(
                new OptionId(result.id()),
                result.values().get(0),
                result.values().get(1),
                result.at());
    }
}
