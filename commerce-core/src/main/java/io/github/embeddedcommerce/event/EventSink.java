package io.github.embeddedcommerce.event;

/**
 * Where events go: the host's message broker, mail system, or whatever must be told of orders. The host's to implement,
 * and to hand to {@code jobs().deliverEvents(sink)}.
 *
 * <p>It is called outside of any transaction and any lock, by the threads that run the job, so it must be thread-safe
 * if the job is run by several at once. It may be slow, and may be told of an event more than once: after a crash, or
 * after it took longer than the job's lease. Bound its waits with time limits of its own, shorter than the lease.
 */
@FunctionalInterface
public interface EventSink {
    /**
     * Takes an event. Returning means that it has arrived, for good.
     *
     * @throws Exception if it has not; it is tried again later
     */
    void deliver(OrderEvent event) throws Exception;
}
