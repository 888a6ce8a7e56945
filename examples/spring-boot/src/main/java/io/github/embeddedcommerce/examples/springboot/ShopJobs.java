package io.github.embeddedcommerce.examples.springboot;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.Jobs;
import io.github.embeddedcommerce.event.EventSink;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The jobs of the shop, on Spring's scheduler and on as many hosts as there are. What one throws is logged by Spring,
 * and it comes round again.
 */
@Component
class ShopJobs {
    private final Jobs jobs;
    private final EventSink sink;

    ShopJobs(CommerceFacade shop, EventSink sink) {
        this.jobs = shop.jobs();
        this.sink = sink;
    }

    @Scheduled(fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void expireOverdueOrders() {
        jobs.expireOverdueOrders().call();
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void deliverEvents() {
        jobs.deliverEvents(sink).call();
    }

    @Scheduled(cron = "0 0 0 * * *", zone = "UTC")
    void snapshotPopularProducts() {
        jobs.snapshotPopularProducts().call();
    }

    @Scheduled(cron = "0 0 3 * * *", zone = "UTC")
    void purgeHistory() {
        jobs.purgeHistory().call();
    }
}
