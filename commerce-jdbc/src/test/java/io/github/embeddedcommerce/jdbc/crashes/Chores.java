package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.job.DeliverEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * All the jobs, with a sink that writes events to a file shared by all processes, and now and then refuses to. Not
 * thread-safe.
 */
final class Chores implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final DeliveryRetry RETRIES =
            new DeliveryRetry(1_000, Duration.ofMillis(20), Duration.ofMillis(300));

    private final CommerceFacade shop;
    private final Journal tally;
    private final Journal sink;
    private final DeliverEvents delivering;

    Chores(CommerceFacade shop, Path folder, Journal tally) throws IOException {
        this.shop = shop;
        this.tally = tally;
        this.sink = Journal.shared(folder.resolve("sink"));
        this.delivering = shop.jobs()
                .deliverEvents(this::deliver)
                .leasingFor(LEASE)
                .inChunksOf(20)
                .retrying(RETRIES);
    }

    private void deliver(OrderEvent event) throws IOException {
        if (ThreadLocalRandom.current().nextInt(20) == 0) {
            throw new IOException("the sink is unwell");
        }
        sink.add(event.order() + " " + event.number() + " " + event.type());
    }

    void all() {
        tried(() -> {
            var expiry = shop.jobs().expireOverdueOrders().inChunksOf(10).call();
            expiry.failed().forEach((order, reason) -> tally.add("put off " + order + " " + reason));
            if (expiry.expired() > 0) {
                tally.add("expired " + expiry.expired());
            }
        });
        tried(delivering::call);
        tried(() -> {
            var snapshot = shop.jobs().snapshotPopularProducts().call();
            if (snapshot.made()) {
                snapshot.snapshot().ifPresent(made -> tally.add("snapshot " + made.day()));
            }
        });
        tried(() -> shop.jobs().purgeHistory().inChunksOf(50).call());
    }

    /** The next run will do it. */
    private void tried(Runnable job) {
        try {
            job.run();
        } catch (StorageException error) {
            if (error.error() == StorageError.OTHER) {
                throw error;
            }
            tally.add("job broken off " + error.error() + " " + error.outcome());
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
