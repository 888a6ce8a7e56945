package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");
    private static final String NOW = "2026-01-05T09:00:00Z";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final CommerceFacade shop = JdbcCommerce.open(url)
            .clock(Clock.fixed(Instant.parse(NOW), ZoneOffset.UTC))
            .build();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void close() {
        shop.close();
    }

    private Order sale() {
        Product mug = shop.products()
                .register(NewProduct.of("Mug, large", "kitchen", Money.ofMinor(KRW, 100))
                        .withOption("MUG", Map.of("color", "blue"), 10)
                        .withOption("MUG-2", 5));
        UserId ann = shop.users().register(new UserId("ann")).id();
        shop.users().topUp(TopUp.of(ann, Money.ofMinor(KRW, 1_000)));
        Order order =
                shop.orders().place(PlaceOrder.by(ann).line(mug.option("MUG").id(), 3));
        return shop.orders().pay(PayOrder.by(ann, order.id())).order();
    }

    private List<String> exported(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file));
    }

    @Test
    void a_folder_gets_a_file_of_each_kind() throws IOException {
        Order order = sale();
        long option = order.lines().get(0).item().option().value();
        long product = order.lines().get(0).item().product().value();

        Ran ran = Ran.console("export", directory.resolve("out").toString(), "--url", url)
                .well();

        assertThat(ran.out()).contains("orders: 1 exported into");
        assertThat(exported("out/products.csv"))
                .containsExactly(
                        "name,description,category,price,on_sale,sku,attributes,stock",
                        "\"Mug, large\",,kitchen,100,true,MUG,color=blue,7",
                        ",,,,,MUG-2,,5");
        assertThat(exported("out/stock.csv"))
                .contains("option,product,sku,on_hand,reserved,available", option + "," + product + ",MUG,7,0,7");
        assertThat(exported("out/users.csv"))
                .containsExactly("id,balance,changes,registered_at,changed_at", "ann,700,2," + NOW + "," + NOW);
        assertThat(exported("out/ledger.csv"))
                .containsExactly(
                        "user,number,before,amount,after,code,note,reference,at",
                        "ann,1,0,1000,1000,SYSTEM_CHARGE,,," + NOW,
                        "ann,2,1000,-300,700,PAYMENT,," + order.id() + "," + NOW);
        assertThat(exported("out/orders.csv"))
                .containsExactly(
                        "id,user,status,total,discount,final_amount,coupon,placed_at,expires_at,paid_at,closed_at",
                        order.id() + ",ann,PAID,300,0,300,," + NOW + ",2026-01-05T09:10:00Z," + NOW + ",");
        assertThat(exported("out/lines.csv"))
                .containsExactly(
                        "order,number,product,product_name,option,sku,unit_price,quantity,subtotal",
                        order.id() + ",1," + product + ",\"Mug, large\"," + option + ",MUG,100,3,300");
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            assertThat(files).hasSize(6);
        }
    }

    @Test
    void a_file_gets_the_rows_of_its_name() throws IOException {
        sale();
        Ran.console("export", directory.resolve("ledger.csv").toString(), "--url", url)
                .well();

        assertThat(exported("ledger.csv")).hasSize(3);
        Ran.console("export", directory.resolve("money.csv").toString(), "--url", url)
                .refused("name the file one of products.csv, stock.csv");
    }

    @Test
    void what_is_there_is_written_over_only_if_one_says_so() throws IOException {
        Path file = Files.writeString(directory.resolve("users.csv"), "mine");
        Ran.console("export", file.toString(), "--url", url).refused("is there already", "--force");
        assertThat(file).hasContent("mine");
        Ran.console("export", file.toString(), "--url", url, "--force").well();
        assertThat(exported("users.csv")).hasSize(1);
    }

    @Test
    void where_nothing_can_be_written_it_says_so() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Ran ran = Ran.console("export", file.resolve("orders.csv").toString(), "--url", url);

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("cannot be written");
    }
}
