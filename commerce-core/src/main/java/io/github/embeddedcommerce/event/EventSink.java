package io.github.embeddedcommerce.event;

/**
 * Where events go, such as a message broker. The host implements it and hands it to {@code jobs().deliverEvents(sink)}.
 *
 * <p>It is called outside of any transaction and without a lock, on the thread that runs the job; it must be
 * thread-safe if several threads run the job. Delivery is at least once: after a crash, or a call that took longer than
 * the job's lease, the sink receives the event again. Its timeouts should be shorter than the lease.
 */
@FunctionalInterface
public interface EventSink {
    /**
     * Delivers an event. Returning means that it has arrived.
     *
     * @throws Exception if it has not arrived; it is retried later. So is an event whose sink throws an Error; only
     *     after an InternalError or UnknownError, which mean that the JVM is broken, the run ends, with the outcomes so
     *     far written
     */
    void deliver(OrderEvent event) throws Exception;
}
