package io.github.embeddedcommerce.event;

import java.util.List;

/** Keeps events until they are delivered, in the transaction it was handed out in. */
public interface EventStore {
    /** Adds events, to be delivered once the transaction has committed. */
    void append(List<OrderEvent> events);
}
