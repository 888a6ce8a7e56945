package io.github.embeddedcommerce.examples.guide;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** quarkus.md: compiled against the API of Quarkus. */
final class QuarkusShop {
    private QuarkusShop() {}

    @ApplicationScoped
    static class ShopProducer {
        @Produces
        @Singleton
        CommerceFacade shop(DataSource pool) {
            return JdbcCommerce.using(pool).build();
        }

        void close(@Disposes CommerceFacade shop) {
            shop.close();
        }
    }

    @ApplicationScoped
    static class ShopJobs {
        @Inject
        CommerceFacade shop;

        @Scheduled(every = "30s")
        void expireOverdueOrders() {
            shop.jobs().expireOverdueOrders().call();
        }
    }
}
