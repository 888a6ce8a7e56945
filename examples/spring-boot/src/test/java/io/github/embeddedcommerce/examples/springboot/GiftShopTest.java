package io.github.embeddedcommerce.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** The application as it is started, called over HTTP. Each test has a product and a customer of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiftShopTest {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");
    private static final UserId BEN = new UserId("ben");
    private static final String[] SETTINGS = {
        "--server.port=0", "--spring.datasource.url=jdbc:h2:mem:tested;DB_CLOSE_DELAY=-1", "--gifts.lock-wait=200ms"
    };

    private final ConfigurableApplicationContext application = SpringApplication.run(GiftShop.class, SETTINGS);
    private final CommerceFacade shop = application.getBean("shop", CommerceFacade.class);
    private final JdbcClient database = application.getBean(JdbcClient.class);
    private final Calls calls =
            new Calls(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));

    @AfterEach
    void the_books_are_in_order() {
        assertThat(shop.jobs().audit().call().violations()).isEmpty();
    }

    @AfterAll
    void end() {
        application.close();
    }

    private OptionId option(String sku, long price, long stock) {
        return shop.products()
                .register(NewProduct.of(sku, "tests", Money.ofMinor(KRW, price)).withOption(sku, stock))
                .option(sku)
                .id();
    }

    private long available(OptionId option) {
        return shop.products().findStock(option).orElseThrow().available();
    }

    private HttpResponse<String> give(UserId customer, OptionId option, long quantity, String recipient) {
        return calls.post("/gifts", """
                {"customer": "%s", "option": %s, "quantity": %d, "recipient": "%s", "message": "Hello!"}""".formatted(customer.value(), option, quantity, recipient));
    }

    private List<Long> ordersOnNotesFor(String recipient) {
        return database.sql("select coalesce(order_id, 0) from gift_notes where recipient = ?")
                .param(recipient)
                .query(Long.class)
                .list();
    }

    private List<Long> ordersOf(UserId customer) {
        return shop.orders().list(customer, PageRequest.first()).items().stream()
                .map(order -> order.id().value())
                .toList();
    }

    @Test
    void the_calls_of_the_readme_answer_as_it_says() throws IOException {
        List<String> printed = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("    curl "))
                .toList();
        assertThat(printed).hasSize(2);

        HttpResponse<String> placed = calls.asPrinted(printed.get(0));
        HttpResponse<String> refused = calls.asPrinted(printed.get(1));

        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        assertThat(ordersOnNotesFor("Bob")).isEqualTo(ordersOf(new UserId("ann")));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("\"code\":\"P002\"", "\"available\":8");
        assertThat(ordersOnNotesFor("Eve")).isEmpty();
        assertThat(calls.get("/actuator/metrics/commerce.use.case?tag=use.case:orders.place&tag=outcome:success")
                        .body())
                .contains("\"COUNT\"");
        assertThat(calls.get("/actuator/metrics/commerce.use.case?tag=reason:insufficient_stock")
                        .body())
                .contains("\"COUNT\"");
    }

    @Test
    void a_gift_that_the_application_refuses_leaves_neither_note_nor_order() {
        OptionId kettle = option("KETTLE", 60_000, 5);
        UserId carl = shop.users().register(new UserId("carl")).id();

        HttpResponse<String> refused = give(carl, kettle, 2, "Carl's friend");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("KRW 120000");
        assertThat(ordersOnNotesFor("Carl's friend")).isEmpty();
        assertThat(ordersOf(carl)).isEmpty();
        assertThat(available(kettle)).isEqualTo(5);

        assertThat(give(carl, kettle, 1, "Carl's friend").statusCode()).isEqualTo(201);
        assertThat(ordersOnNotesFor("Carl's friend")).isEqualTo(ordersOf(carl)).hasSize(1);
    }

    @Test
    void what_is_malformed_is_a_problem_and_leaves_no_note() {
        OptionId spoon = option("SPOON", 1_000, 5);
        String gift = "{\"customer\": %s, \"option\": " + spoon + ", \"quantity\": %s, \"recipient\": \"Fay\"%s}";
        record Case(String body, int status, String said) {}
        List<Case> cases = List.of(
                new Case(gift.formatted("\"nobody\"", "1", ", \"message\": \"Hi\""), 404, "U001"),
                new Case(gift.formatted("\"ann\"", "0", ", \"message\": \"Hi\""), 400, "lines[0].quantity"),
                new Case(gift.formatted("null", "1", ", \"message\": \"Hi\""), 400, "userId"),
                new Case(gift.formatted("\"ann\"", "1", ""), 400, "Bad Request"),
                new Case(gift.formatted("\"ann\"", "\"x\"", ", \"message\": \"Hi\""), 400, "Bad Request"),
                new Case(gift.formatted("\"ann\"", "1.5", ", \"message\": \"Hi\""), 400, "Bad Request"),
                new Case(gift.formatted("\"ann\"", "\"1\"", ", \"message\": \"Hi\""), 400, "Bad Request"),
                new Case(gift.formatted("\"ann\"", "null", ", \"message\": \"Hi\""), 400, "Bad Request"),
                new Case(
                        gift.formatted("\"ann\"", "1", ", \"message\": \"Hi\", \"wrapped\": true"), 400, "Bad Request"),
                new Case(gift.formatted("\"ann\"", "1", ", \"message\": \"Hi\", \"quantity\": 2"), 400, "Bad Request"),
                new Case(gift.formatted("\"ann\"", "1", ", \"message\": \"H\\u0000i\""), 400, "Bad Request"),
                new Case(gift.formatted("\"ann\"", "1", ", \"message\": \"H\\ud800i\""), 400, "Bad Request"),
                new Case("{", 400, "Bad Request"));

        for (Case wrong : cases) {
            HttpResponse<String> answer = calls.post("/gifts", wrong.body());
            assertThat(answer.statusCode()).as(wrong.body() + answer.body()).isEqualTo(wrong.status());
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains(wrong.said());
        }
        assertThat(ordersOnNotesFor("Fay")).isEmpty();
    }

    @Test
    void a_call_that_the_database_broke_off_is_made_again_as_a_whole() throws Exception {
        OptionId lamp = option("LAMP", 10_000, 5);
        UserId dora = shop.users().register(new UserId("dora")).id();
        CountDownLatch brokenOff = new CountDownLatch(1);
        application.getBean(MeterRegistry.class).config().onMeterAdded(meter -> {
            if ("lock_timeout".equals(meter.getId().getTag("reason"))) {
                brokenOff.countDown();
            }
        });

        CompletableFuture<Void> holding = holdStock(shop, lamp, brokenOff);
        HttpResponse<String> placed = give(dora, lamp, 1, "Dora's friend");
        holding.get(10, TimeUnit.SECONDS);

        assertThat(brokenOff.getCount()).as("not broken off").isZero();
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        assertThat(ordersOnNotesFor("Dora's friend")).isEqualTo(ordersOf(dora)).hasSize(1);

        CountDownLatch answered = new CountDownLatch(1);
        CompletableFuture<Void> holdingOn = holdStock(shop, lamp, answered);
        HttpResponse<String> busy = give(dora, lamp, 1, "Dora's aunt");
        answered.countDown();
        holdingOn.get(10, TimeUnit.SECONDS);

        assertThat(busy.statusCode()).as(busy.body()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).contains("1");
        assertThat(ordersOnNotesFor("Dora's aunt")).isEmpty();
        assertThat(ordersOf(dora)).hasSize(1);
    }

    @Test
    void a_database_that_goes_away_during_a_call_is_a_problem_that_passes() throws Exception {
        try (ConfigurableApplicationContext other = SpringApplication.run(
                GiftShop.class,
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:gone",
                "--spring.datasource.hikari.connection-timeout=1000",
                "--gifts.lock-wait=20s")) {
            JdbcClient client = other.getBean(JdbcClient.class);
            CountDownLatch never = new CountDownLatch(1);
            CompletableFuture<Void> holding =
                    holdStock(other.getBean("shop", CommerceFacade.class), new OptionId(1), never);
            Calls others = new Calls(other.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            CompletableFuture<HttpResponse<String>> given =
                    CompletableFuture.supplyAsync(() -> others.post("/gifts", """
                    {"customer": "ann", "option": 1, "quantity": 1, "recipient": "Gus", "message": "Hello!"}"""));
            while (client.sql("select count(*) from information_schema.sessions where blocker_id is not null")
                            .query(Long.class)
                            .single()
                    == 0) {
                assertThat(given).isNotDone();
            }
            client.sql("shutdown immediately").update();

            HttpResponse<String> answer = given.get(30, TimeUnit.SECONDS);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            never.countDown();
            assertThatThrownBy(() -> holding.get(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** Returns when another transaction has locked the stock; it ends once it is released. */
    private static CompletableFuture<Void> holdStock(CommerceFacade shop, OptionId option, CountDownLatch release)
            throws InterruptedException {
        CountDownLatch locked = new CountDownLatch(1);
        CompletableFuture<Void> holding = CompletableFuture.runAsync(() -> shop.inTransaction(useCases -> {
            useCases.products().receiveStock(ReceiveStock.of(option, 1));
            locked.countDown();
            try {
                return release.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }));
        assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
        return holding;
    }

    @Test
    void an_order_outside_of_a_transaction_is_refused_by_the_shop_that_joins() {
        OptionId bowl = option("BOWL", 1_000, 5);
        CommerceFacade joined = application.getBean("joinedShop", CommerceFacade.class);

        assertThatThrownBy(() ->
                        joined.orders().place(PlaceOrder.by(new UserId("ann")).line(bowl, 1)))
                .isInstanceOf(CommerceException.class)
                .hasMessageContaining("no transaction");
        assertThat(available(bowl)).isEqualTo(5);
    }

    @Test
    void a_paid_order_becomes_an_event_of_the_application() throws InterruptedException {
        BlockingQueue<OrderEvent> heard = new LinkedBlockingQueue<>();
        application.addApplicationListener(event -> {
            if (event instanceof PayloadApplicationEvent<?> told && told.getPayload() instanceof OrderEvent order) {
                heard.add(order);
            }
        });
        OptionId vase = option("VASE", 3_000, 5);
        shop.users().register(BEN);
        shop.users().topUp(TopUp.of(BEN, Money.ofMinor(KRW, 3_000)));
        Order order = shop.orders().place(PlaceOrder.by(BEN).line(vase, 1));
        shop.orders().pay(PayOrder.by(BEN, order.id()));

        OrderEvent event = heard.poll(10, TimeUnit.SECONDS);

        assertThat(event).isNotNull();
        assertThat(event.order()).isEqualTo(order.id());
        assertThat(event.type()).isEqualTo(OrderEvent.Type.PAID);
    }

    @Test
    void every_job_is_scheduled_and_runs() {
        List<ScheduledTask> tasks = application.getBeansOfType(ScheduledTaskHolder.class).values().stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .toList();

        assertThat(tasks)
                .extracting(task -> task.toString().replaceFirst(".*\\.", ""))
                .containsExactlyInAnyOrder(
                        "expireOverdueOrders", "deliverEvents", "snapshotPopularProducts", "purgeHistory");
        tasks.forEach(task -> task.getTask().getRunnable().run());
        assertThat(shop.products().findPopular()).isPresent();
    }

    @Test
    void a_second_start_finds_what_the_first_has_left_and_two_histories() {
        try (ConfigurableApplicationContext second = SpringApplication.run(GiftShop.class, SETTINGS)) {
            assertThat(second.getBean("shop", CommerceFacade.class).products().findBySku("MUG-BLUE"))
                    .isPresent();
        }
        assertThat(migrations("\"flyway_schema_history\"")).containsExactly("V1__gift_notes.sql");
        assertThat(migrations("commerce.schema_history")).isNotEmpty().allMatch(script -> script.startsWith("V001__"));
    }

    @Test
    void the_versions_of_flyway_spring_and_micrometer_are_those_that_belong_together() throws IOException {
        String flyway = versionOf(Flyway.class);

        assertThat(Files.readString(Path.of("../../pom.xml"))).contains("<flyway.version>" + flyway + "<");
        assertThat(Files.readString(Path.of("README.md"))).contains("`flyway.version` to " + flyway);
        assertThat(versionOf(JdbcClient.class)).isEqualTo(versionOf(ConfigurableApplicationContext.class));
        assertThat(versionOf(MeterRegistry.class)).isEqualTo(versionOf(ObservationRegistry.class));
    }

    /** By the name of its jar: not every manifest says it. */
    private static String versionOf(Class<?> type) {
        String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return jar.replaceFirst(".*-([0-9.]+)\\.jar$", "$1");
    }

    private List<String> migrations(String history) {
        return database.sql("select \"script\" from " + history + " where \"type\" = 'SQL'")
                .query(String.class)
                .list();
    }
}
