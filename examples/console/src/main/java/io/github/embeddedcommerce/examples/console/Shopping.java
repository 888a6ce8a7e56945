package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.examples.console.Visit.Call;
import io.github.embeddedcommerce.examples.console.Visit.Errand;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Places and pays an order for a basket, and notes how that went. Thread-safe. */
final class Shopping {
    /** The database was too busy for this one call; the next may do better. */
    private static final Set<StorageError> BUSY = EnumSet.of(
            StorageError.DEADLOCK, StorageError.SERIALIZATION_FAILURE, StorageError.LOCK_TIMEOUT, StorageError.BUSY);

    private final Market market;

    Shopping(Market market) {
        this.market = market;
    }

    /** A refusal by the shop is a result like any other; trouble with the database that will not pass is thrown. */
    Visit visit(Errand errand) {
        PlaceOrder request = market.order(errand.shopper(), errand.basket());
        Attempt<Order> place = attempt(() -> market.shop().orders().place(request));
        Order order = place.result;
        if (order == null) {
            return new Visit(errand, place.call, null, null);
        }
        PayOrder payment = PayOrder.by(errand.shopper().id(), order.id());
        Attempt<Receipt> pay = attempt(() -> market.shop().orders().pay(payment));
        Receipt receipt = pay.result;
        return new Visit(errand, place.call, pay.call, receipt == null ? null : receipt.paidAmount());
    }

    private record Attempt<T>(Call call, @Nullable T result) {}

    private static <T> Attempt<T> attempt(Supplier<T> useCase) {
        long start = System.nanoTime();
        try {
            T result = useCase.get();
            return new Attempt<>(new Call(System.nanoTime() - start, ""), result);
        } catch (CommerceException refusal) {
            return new Attempt<>(new Call(System.nanoTime() - start, reason(refusal)), null);
        } catch (StorageException error) {
            if (error.outcome() == Outcome.UNKNOWN || !BUSY.contains(error.error())) {
                throw error;
            }
            return new Attempt<>(
                    new Call(System.nanoTime() - start, error.error().name()), null);
        }
    }

    /** The name of the code, and the code where it is another. */
    static String reason(CommerceException refusal) {
        String name = refusal.code().name();
        String code = refusal.code().code();
        return name.equals(code) ? name : name + " (" + code + ")";
    }
}
