package io.github.embeddedcommerce.jdbc.pages;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The examples in the README are this code, and the first one does what the README says. */
class ReadmeTest {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");

    @SuppressWarnings("SystemOut")
    void sell_a_mug() {
        // README
        try (CommerceFacade shop = JdbcCommerce.open("jdbc:h2:mem:mugs").build()) {
            Product mug = shop.products()
                    .register(NewProduct.of("Mug", "kitchen", Money.ofMinor(KRW, 12_000))
                            .withOption("MUG-BLUE", 10));
            UserId ann = shop.users().register(new UserId("ann")).id();
            shop.users().topUp(TopUp.of(ann, Money.ofMinor(KRW, 50_000)));

            Order order = shop.orders()
                    .place(PlaceOrder.by(ann).line(mug.option("MUG-BLUE").id(), 2));
            Receipt receipt = shop.orders().pay(PayOrder.by(ann, order.id()));

            System.out.println(receipt.paidAmount() + " paid, " + receipt.remainingBalance() + " left");
            System.out.println(
                    "all invariants hold: " + shop.jobs().audit().call().isClean());
        }
        // README
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    static void keep_house(CommerceFacade shop, ScheduledExecutorService scheduler) {
        // README
        scheduler.scheduleWithFixedDelay(() -> shop.jobs().expireOverdueOrders().call(), 30, 30, SECONDS);
        // README
    }

    static Receipt pay_once(CommerceFacade shop, UserId ann, Order order) {
        // README
        IdempotencyKey key = IdempotencyKey.random(); // kept on your side before the first try
        Receipt receipt = shop.orders().pay(PayOrder.by(ann, order.id()).withKey(key));
        // README
        return receipt;
    }

    @Test
    void the_examples_are_those_in_the_readme() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/io/github/embeddedcommerce/jdbc/pages/ReadmeTest.java"));
        String[] parts = source.split(" +// README\n", -1);
        StringBuilder blocks = new StringBuilder();
        for (int i = 1; i < parts.length; i += 2) {
            blocks.append(parts[i].stripTrailing().stripIndent()).append("\n---\n");
        }

        Matcher block = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../README.md")));
        StringBuilder expected = new StringBuilder();
        while (block.find()) {
            expected.append(block.group(1)).append("\n---\n");
        }
        assertThat(blocks).hasToString(expected.toString());
    }

    @Test
    void the_dependencies_in_the_readme_are_those_of_the_build() throws IOException {
        String build = Files.readString(Path.of("../pom.xml"));
        String readme = Files.readString(Path.of("../README.md"));

        assertThat(readme)
                .contains("<artifactId>commerce-jdbc</artifactId>\n  <version>" + text(build, "version") + "</version>")
                .contains("<artifactId>h2</artifactId>\n  <version>" + text(build, "h2.version") + "</version>");
    }

    private static String text(String xml, String element) {
        return xml.replaceFirst("(?s).*?<" + element + ">(.*?)</" + element + ">.*", "$1");
    }

    @Test
    void the_example_sells_a_mug() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            sell_a_mug();
        } finally {
            System.setOut(console);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence("KRW 24000 paid, KRW 26000 left", "all invariants hold: true");
    }
}
