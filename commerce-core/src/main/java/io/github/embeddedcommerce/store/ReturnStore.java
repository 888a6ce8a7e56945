package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keeps the returns of orders. Bound to one transaction; not thread-safe. */
public interface ReturnStore {
    /**
     * Adds returns and counts their units as returned in the lines of the orders, whose rows are locked.
     *
     * @return each with its id, in the same order
     */
    List<Return> insert(List<ReturnDraft> drafts);

    /** These returns; an unknown id is left out. */
    Map<ReturnId, Return> find(Collection<ReturnId> ids);

    /** The returns of this order with an id below this one, the latest first. */
    List<Return> list(OrderId order, long below, int limit);
}
