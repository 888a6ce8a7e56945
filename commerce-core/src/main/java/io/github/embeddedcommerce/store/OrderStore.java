package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps orders and their lines. Bound to one transaction; not thread-safe. */
public interface OrderStore {
    /**
     * Adds pending orders with their lines.
     *
     * @return the id of each, in the same order; empty for an order whose user is not registered, for which nothing is
     *     written
     */
    List<Optional<OrderId>> insert(List<OrderDraft> drafts);

    /** The orders as of now, read without a lock: for display, not for decisions. An unknown id is left out. */
    Map<OrderId, Order> find(Collection<OrderId> ids);

    /** Orders of all users whose number is above this, the lowest first. */
    List<Order> after(long id, int limit);

    /** Locks these orders' rows, in the order of their ids; an unknown id is left out. */
    Map<OrderId, StoredOrder> lock(Collection<OrderId> ids);

    /**
     * Pending orders that expire at this instant or earlier, the longest overdue first, unlocked: {@link #lockPending}
     * says what can be decided on.
     *
     * @param after only orders that come after this one in that order; null to begin with the first
     */
    List<Order> overdue(Instant now, @Nullable Order after, int limit);

    /** The same for orders that hold one of these options. */
    List<Order> overdueHolding(Set<OptionId> options, Instant now, @Nullable Order after, int limit);

    /**
     * Locks those of these orders that are still pending, skipping locked ones, and returns them as they are now, which
     * may be no longer overdue.
     */
    List<StoredOrder> lockPending(List<Order> orders);

    /**
     * The orders that the query asks for, in its order.
     *
     * @param after only those that come after this place; null to begin with the first
     */
    List<Order> list(OrderQuery query, @Nullable OrderPlace after, int limit);

    /** The reference and note of these orders; an order without either is left out. */
    Map<OrderId, OrderLabels> labels(Collection<OrderId> ids);

    /** Which orders have these unique references; one that no order has is left out. */
    Map<String, OrderId> holders(Collection<String> uniqueReferences);

    /** Writes the reference and note of an order, whose row is locked. */
    void label(OrderId order, OrderLabels labels);

    /**
     * Whether this user has a pending order that has not expired yet, or is still to give back something to the
     * balance.
     */
    boolean hasPayable(UserId user, Instant now);

    /** Writes the progress of these orders; their rows are locked. */
    void write(List<StoredOrder> orders);
}
