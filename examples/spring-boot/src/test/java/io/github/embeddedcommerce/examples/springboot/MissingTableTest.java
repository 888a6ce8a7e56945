package io.github.embeddedcommerce.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What does not pass by itself, whoever's table it is, is not called a thing to try again. */
class MissingTableTest {
    @ParameterizedTest
    @CsvSource({"table commerce.orders, 1", "table gift_notes, 0"})
    void a_table_that_is_not_there_is_a_failure_of_the_server(String missing, long tries) {
        try (ConfigurableApplicationContext application = SpringApplication.run(
                GiftShop.class,
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:" + missing.replace(' ', '-'))) {
            Calls calls =
                    new Calls(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            application
                    .getBean(JdbcClient.class)
                    .sql("drop " + missing + " cascade")
                    .update();

            HttpResponse<String> answer = calls.post("/gifts", """
                    {"customer": "ann", "option": 1, "quantity": 1, "recipient": "Bob", "message": "Hello!"}""");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
            assertThat(answer.body()).doesNotContain("commerce", "gift_notes");
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .find("commerce.use.case")
                            .tags("use.case", "orders.place")
                            .timers()
                            .stream()
                            .mapToLong(Timer::count)
                            .sum())
                    .as("tries")
                    .isEqualTo(tries);
        }
    }
}
