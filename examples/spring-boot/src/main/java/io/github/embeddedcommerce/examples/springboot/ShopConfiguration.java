package io.github.embeddedcommerce.examples.springboot;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.micrometer.MicrometerListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * One shop on the application's pool, opened twice: whose transaction a call is in is said by which of the two it is
 * made on. Spring injects the one that the parameter is named for.
 */
@Configuration(proxyBeanMethods = false)
class ShopConfiguration {
    /** How the shop is run; both openings must agree on it. */
    @Bean
    CommerceSettings commerceSettings(@Value("${gifts.lock-wait:5s}") Duration lockWait) {
        return CommerceSettings.defaults()
                .withTransactionRetry(TransactionRetry.defaults().withLockWait(lockWait));
    }

    /**
     * Each call is a transaction of its own, tried again when the database breaks it off: for jobs, and for whatever
     * has no row of the application's beside it. Opening it creates the library's tables, after the application's.
     */
    @Bean
    @DependsOnDatabaseInitialization
    CommerceFacade shop(DataSource pool, CommerceSettings settings, MicrometerListener metrics) {
        return JdbcCommerce.using(pool).settings(settings).listener(metrics).build();
    }

    /**
     * Each call joins the transaction that {@code @Transactional} has begun; without one it is refused. This suits a
     * pool whose connections have autocommit on, as they have by default; {@code docs/hosts.md} has the line to add for
     * one with autocommit off.
     */
    @Bean
    CommerceFacade joinedShop(DataSource pool, CommerceSettings settings, MicrometerListener metrics) {
        return JdbcCommerce.within(new TransactionAwareDataSourceProxy(pool))
                .settings(settings)
                .listener(metrics)
                .build();
    }

    /** Use cases, lock waits and broken transactions, under {@code /actuator/metrics/commerce.…}. */
    @Bean
    MicrometerListener commerceMetrics(MeterRegistry registry) {
        return new MicrometerListener(registry);
    }

    /** What happens to orders becomes an application event; where a listener throws, it is delivered again. */
    @Bean
    EventSink orderEvents(ApplicationEventPublisher application) {
        return application::publishEvent;
    }
}
