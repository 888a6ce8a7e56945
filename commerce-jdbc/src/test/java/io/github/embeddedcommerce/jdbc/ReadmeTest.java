package io.github.embeddedcommerce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.Payment;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The example in the README is this code, and it does what the README says. */
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
            shop.users().charge(ann, Money.ofMinor(KRW, 50_000));

            Order order = shop.orders()
                    .place(PlaceOrder.by(ann).line(mug.option("MUG-BLUE").id(), 2));
            Receipt receipt = shop.orders().pay(new Payment(ann, order.id()));

            System.out.println(receipt.paidAmount() + " paid, " + receipt.remainingBalance() + " left");
            System.out.println(
                    "all invariants hold: " + shop.jobs().audit().call().isClean());
        }
        // README
    }

    @Test
    void the_example_is_the_one_in_the_readme() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/github/embeddedcommerce/jdbc/ReadmeTest.java"));
        String mark = "        // README\n";
        String example = source.substring(source.indexOf(mark) + mark.length(), source.lastIndexOf(mark))
                .stripTrailing()
                .stripIndent();

        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + example + "\n```");
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
