package io.github.embeddedcommerce.examples.springboot;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.io.Serial;
import java.lang.reflect.Method;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Orders with a note to whom they are for. A note is a row of the application's, an order is the library's. */
@Component
class GiftOrders {
    /** A gift may not cost more. */
    static final Money LIMIT = Money.ofMinor(CurrencyUnit.of("KRW"), 100_000);

    private final CommerceFacade shop;
    private final JdbcClient database;

    GiftOrders(CommerceFacade joinedShop, JdbcClient database) {
        this.shop = joinedShop;
        this.database = database;
    }

    /** What is written on the note. */
    record Note(String recipient, String message) {}

    /**
     * Writes the note and places the order: both are committed, or neither is. Within a transaction of the
     * application's the library does not try again, so the application does, around the whole.
     *
     * @throws CommerceException if the shop refuses the order; the note is rolled back
     * @throws TooExpensive if the order costs more than {@link #LIMIT}; order and note are rolled back
     * @throws StorageException if the database broke off every try, or fails in a way that does not pass; each was
     *     rolled back
     */
    @Retryable(
            includes = {StorageException.class, TransientDataAccessException.class},
            predicate = MayPass.class,
            maxRetries = 3,
            delay = 50,
            jitter = 25)
    @Transactional
    public Order place(UserId customer, OptionId option, long quantity, Note note) {
        String id = UUID.randomUUID().toString();
        database.sql("insert into gift_notes (id, recipient, message) values (?, ?, ?)")
                .params(id, note.recipient(), note.message())
                .update();
        Order order = shop.orders().place(PlaceOrder.by(customer).line(option, quantity));
        if (order.total().isGreaterThan(LIMIT)) {
            throw new TooExpensive(order.total());
        }
        database.sql("update gift_notes set order_id = ? where id = ?")
                .params(order.id().value(), id)
                .update();
        return order;
    }

    /** What does not pass by itself is not tried again. */
    static final class MayPass implements MethodRetryPredicate {
        @Override
        public boolean shouldRetry(Method method, Throwable failure) {
            return !(failure instanceof StorageException broken)
                    || broken.error().mayPass();
        }
    }

    /** A rule of the application's, which it can apply only once the shop has said what the order costs. */
    static final class TooExpensive extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooExpensive(Money total) {
            super("the gift costs " + total + ", and may cost " + LIMIT + " at most");
        }
    }
}
