package io.github.embeddedcommerce.examples.guide;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** micronaut.md: compiled against the API of Micronaut. */
final class MicronautShop {
    private MicronautShop() {}

    @Factory
    static class ShopFactory {
        @Bean(preDestroy = "close")
        @Singleton
        CommerceFacade shop(DataSource pool) {
            return JdbcCommerce.using(pool).build();
        }
    }

    @Singleton
    static class ShopJobs {
        private final CommerceFacade shop;

        ShopJobs(CommerceFacade shop) {
            this.shop = shop;
        }

        @Scheduled(fixedDelay = "30s")
        void expireOverdueOrders() {
            shop.jobs().expireOverdueOrders().call();
        }
    }
}
