package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand overdue orders expire in one run of the job, in a JVM with a small heap, while sales go on. */
class ManyOverdueOrdersTest {
    private static final int OVERDUE = 100_000;

    @Test
    @Tag("J1")
    void a_hundred_thousand_orders_expire_in_256_megabytes_while_sales_go_on(@TempDir Path folder) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        "jdbc:h2:async:" + folder.resolve("shop"))
                .redirectErrorStream(true)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(printed).isZero();
        assertThat(printed)
                .contains("expired " + OVERDUE, "failed 0", "audit clean true")
                .doesNotContain("sold 0 ");
    }

    /** What the small JVM does. */
    static final class SmallHeap {
        private static final UserId ANN = new UserId("ann");

        private SmallHeap() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws Exception {
            String url = arguments[0];
            try (CommerceFacade shop = JdbcCommerce.open(url).build()) {
                Product mug = shop.products()
                        .register(NewProduct.of("Mug", "kitchen", won(10)).withOption("MUG", 10L * OVERDUE));
                OptionId option = mug.option("MUG").id();
                shop.users().register(ANN);
                shop.users().topUp(TopUp.of(ANN, won(1_000_000_000)));
                addOverdueOrders(url, option, mug);

                AtomicBoolean selling = new AtomicBoolean(true);
                CountDownLatch firstSale = new CountDownLatch(1);
                ExecutorService seller = Executors.newSingleThreadExecutor();
                Future<Integer> sold = seller.submit(() -> sell(shop, option, selling, firstSale));
                firstSale.await();
                var result = shop.jobs().expireOverdueOrders().call();
                selling.set(false);
                System.out.println("expired " + result.expired() + ", failed "
                        + result.failed().size() + ", sold " + sold.get() + " meanwhile, audit clean "
                        + shop.jobs().audit().call().isClean());
                seller.shutdown();
            }
        }

        private static int sell(CommerceFacade shop, OptionId option, AtomicBoolean selling, CountDownLatch firstSale) {
            int sold = 0;
            while (selling.get()) {
                Order order = shop.orders().place(PlaceOrder.by(ANN).line(option, 1));
                shop.orders().pay(PayOrder.by(ANN, order.id()));
                sold++;
                firstSale.countDown();
            }
            return sold;
        }

        /** As placing them one by one would have left them, twenty minutes ago. */
        private static void addOverdueOrders(String url, OptionId option, Product mug) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "insert into commerce.orders (user_id, status, total, discount, placed_at, pay_by, expires_at)"
                                + " select 'ann', 'PENDING', 10, 0, dateadd(minute, -20, current_timestamp),"
                                + " dateadd(minute, -10, current_timestamp),"
                                + " dateadd(minute, -10, current_timestamp) from system_range(1, " + OVERDUE + ")");
                statement.execute("insert into commerce.order_lines"
                        + " (order_id, number, option_id, sku, product_id, product_name, unit_price, quantity)"
                        + " select id, 1, " + option + ", 'MUG', " + mug.id() + ", 'Mug', 10, 1 from commerce.orders");
                statement.execute("update commerce.stock set reserved = " + OVERDUE);
            }
        }

        private static Money won(long amount) {
            return Money.ofMinor(CurrencyUnit.of("KRW"), amount);
        }
    }
}
