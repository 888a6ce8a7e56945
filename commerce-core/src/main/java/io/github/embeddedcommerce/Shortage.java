package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.job.ExpireOverdueOrders;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What is done where stock is short: a reservation past its time must not cost a sale. Thread-safe. */
record Shortage(UseCaseContext context, ExpireOverdueOrders expiry) {
    /**
     * Runs a use case that asks for units. If it is refused because they are short, expires overdue orders that hold
     * some, in transactions of their own, and runs it once more; not so in a transaction of the host's, which would get
     * a refusal and a change at once.
     *
     * @param wanted how many units of which options the use case asks for, at the moment of the refusal
     */
    <T> T overcome(Supplier<Map<OptionId, Long>> wanted, Supplier<T> useCase) {
        try {
            return useCase.get();
        } catch (CommerceException refusal) {
            boolean shortage = refusal.code() == ErrorCode.INSUFFICIENT_STOCK;
            if (shortage && context.transactions().owned() && canBeOvercome(wanted.get())) {
                return useCase.get();
            }
            throw refusal;
        }
    }

    /** Whether it may be there by now: because it was held by overdue orders, or was released in the meantime. */
    private boolean canBeOvercome(Map<OptionId, Long> wanted) {
        if (wanted.isEmpty()) {
            return false;
        }
        Instant now = context.now();
        Look look = context.transactions().run("orders.findOverdue", stores -> look(wanted, now, stores));
        if (look == Look.HELD) {
            expiry.holding(wanted.keySet()).call();
        }
        return look != Look.SHORT;
    }

    private enum Look {
        HELD,
        THERE,
        SHORT
    }

    /** In this order: what another host releases before the first look is seen by the second. */
    private static Look look(Map<OptionId, Long> wanted, Instant now, Stores stores) {
        Set<OptionId> options = wanted.keySet();
        if (!stores.orders().overdueHolding(options, now, null, 1).isEmpty()) {
            return Look.HELD;
        }
        Map<OptionId, StockLevel> levels = stores.stock().find(options);
        boolean suffices = levels.values().stream()
                .allMatch(level -> level.available() >= wanted.getOrDefault(level.option(), 0L));
        return suffices ? Look.THERE : Look.SHORT;
    }
}
