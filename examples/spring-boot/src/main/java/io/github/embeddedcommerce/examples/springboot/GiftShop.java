package io.github.embeddedcommerce.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The application. Spring runs its jobs, and makes a call again that the database has broken off. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
@EnableResilientMethods
public class GiftShop {
    /** Starts it; the arguments are those of Spring Boot, such as {@code --server.port=9000}. */
    public static void main(String[] args) {
        SpringApplication.run(GiftShop.class, args);
    }
}
