package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.product.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shop in memory lives as long as this test has it open. */
class ImportTest {
    private static final String HEADER = "name,description,category,price,on_sale,sku,attributes,stock\n";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final CommerceFacade shop = JdbcCommerce.open(url).build();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void close() {
        assertThat(shop.jobs().audit().call().isClean()).isTrue();
        shop.close();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("products.csv"), content);
    }

    private Ran imported(String content, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("import", file(content).toString(), "--url", url));
        arguments.addAll(List.of(options));
        return Ran.console(arguments.toArray(String[]::new));
    }

    private List<Product> products() {
        List<Product> products = new ArrayList<>();
        shop.exports().products(products::add).call();
        return products;
    }

    @Test
    void a_product_has_an_option_in_its_row_and_further_ones_below() throws IOException {
        Ran ran = imported(HEADER + """
                Mug,Keeps tea warm,kitchen,12000,true,MUG-BLUE,color=blue;note=a\\;b\\=c\\\\,10
                ,,,,,MUG-RED,,0
                "Cup, thin",,kitchen,0,false,CUP,,3
                """).well();

        assertThat(ran.out()).contains("2 of 2 products imported");
        List<Product> products = products();
        assertThat(products).extracting(Product::name).containsExactly("Mug", "Cup, thin");
        Product mug = products.get(0);
        assertThat(mug.price()).isEqualTo(Money.ofMinor(CurrencyUnit.of("KRW"), 12_000));
        assertThat(mug.option("MUG-BLUE").attributes())
                .containsExactly(Map.entry("color", "blue"), Map.entry("note", "a;b=c\\"));
        assertThat(mug.option("MUG-RED").available()).isZero();
        assertThat(products.get(1).details().onSale()).isFalse();
    }

    @Test
    void every_wrong_line_is_named_and_nothing_is_imported() throws IOException {
        Ran ran = imported(HEADER + """
                ,,,,,FIRST,,1
                Mug,,kitchen,12.5,true,MUG,,1
                ,,,,,MUG-RED,,-1
                "Two
                lines",,kitchen,1,yes,LINES,,1
                Cup,,kitchen,1,true,CUP,blue,1
                Pot,,kitchen,1,true,POT,,1,more
                Pan,,,1,true,PAN,,1
                Jug,,kitchen,1,true,JUG,,many
                Can,,kitchen,1,true,CAN,,1
                ,,,,,CAN,,1
                Tin,,kitchen,1,true,OK,,1
                Box,,kitchen,1,true,OK,,1
                """);

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .containsExactly(
                        "products.csv, line 2: it is an option, and no product is before it",
                        "products.csv, line 3: price must have 0 decimals in KRW, it is 12.5",
                        "products.csv, line 4: startingStock must be from 0 to 1000000000000, it is -1",
                        "products.csv, line 5: on_sale must be true or false, it is 'yes'",
                        "products.csv, line 7: attributes must look like color=blue;size=L, there is no = in blue",
                        "products.csv, line 8: it has 9 cells, 8 are needed",
                        "products.csv, line 9: category must have 1 to 100 characters and not be blank, it has 0",
                        "products.csv, line 10: stock must be a whole number such as 10, it is 'many'",
                        "products.csv, line 12: sku CAN is there twice",
                        "products.csv, line 14: sku OK is on line 13, too",
                        "console import: products.csv has 10 errors, nothing was imported");
        assertThat(products()).isEmpty();
    }

    @Test
    void of_very_many_errors_the_first_are_shown() throws IOException {
        Ran ran = imported(HEADER + ",,,,,X,,1\n".repeat(100));

        assertThat(ran.err().lines()).hasSize(22).contains("... and 80 more");
    }

    @Test
    void what_the_shop_has_already_is_named_and_left_out() throws IOException {
        imported(HEADER + "Mug,,kitchen,1,true,MUG,,1\n").well();
        Ran ran = imported(HEADER + """
                Cup,,kitchen,1,true,CUP,,1
                Pot,,kitchen,1,true,POT,,1
                ,,,,,MUG,,1
                Pan,,kitchen,1,true,PAN,,1
                """);

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err().lines())
                .containsExactly("products.csv, line 4: options[1].sku must be unique in the shop, MUG is the sku of"
                        + " another option");
        assertThat(ran.out()).contains("2 of 3 products imported");
        assertThat(products()).extracting(Product::name).containsExactly("Mug", "Cup", "Pan");
    }

    @Test
    void a_dry_run_finds_the_same_and_keeps_nothing() throws IOException {
        imported(HEADER + "Mug,,kitchen,1,true,MUG,,1\n").well();
        List<Product> before = products();
        String rows = "Cup,,kitchen,1,true,CUP,,1\nPot,,kitchen,1,true,MUG,,1\n";

        Ran ran = imported(HEADER + rows, "--dry-run");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("line 3: options[0].sku must be unique in the shop");
        assertThat(ran.out()).contains("1 of 2 products can be imported; this was a dry run, nothing is kept");
        assertThat(products()).isEqualTo(before);
        assertThat(imported(HEADER + "Cup,,kitchen,1,true,CUP,,1\n", "--dry-run")
                        .well()
                        .out())
                .contains("1 of 1 product can be imported");
    }

    @Test
    void how_many_are_imported_is_told_if_the_database_fails_then() throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("alter table commerce.products add check (name <> 'Broken')");
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            rows.append("Mug,,kitchen,1,true,MUG-").append(i).append(",,1\n");
        }

        Ran ran = imported(HEADER + rows + "Broken,,kitchen,1,true,BROKEN,,1\n");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.out()).contains("1,000 of 1,001 products imported, then it failed");
        assertThat(products()).hasSize(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                     | must begin with the line name,description",
                "sku,name               | must begin with the line name,description",
                "'name,description,category,price,on_sale,sku,attributes,stock,more' | must begin with the line"
            })
    void a_file_without_the_right_columns_is_refused(String content, String reason) throws IOException {
        imported(content + "\n").refused("products.csv " + reason);
    }

    @Test
    void a_file_that_is_none_is_refused_before_a_database_is_opened() throws IOException {
        String none = directory.resolve("none.csv").toString();
        String file = "jdbc:h2:file:" + directory.resolve("new");
        Ran.console("import", none, "--url", file).refused("there is no file " + none);
        Ran.console("import", directory.toString(), "--url", file).refused("is a directory");
        Ran.console("import", "/dev/null", "--url", file).refused("/dev/null is no ordinary file");
        Files.write(
                directory.resolve("latin.csv"),
                (HEADER + "M\u00fcg,,kitchen,1,true,MUG,,1\n").getBytes(StandardCharsets.ISO_8859_1));
        Ran.console("import", directory.resolve("latin.csv").toString(), "--url", file)
                .refused("latin.csv, line 2: it is not UTF-8 text");
        assertThat(directory.resolve("new.mv.db")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"x\" ", ""})
    void a_row_without_an_end_is_refused(String begin) throws IOException {
        imported(HEADER + "Mug,,kitchen,1,true,MUG,,1\n" + begin + "xxx,".repeat(100_000))
                .refused(
                        "products.csv, behind line 2: the next row is longer than 200,000 characters, or goes on behind"
                                + " the quote that ends a cell: is a quote not closed, or one inside a cell not doubled?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e3", "1e99999", "1e-99999", "+1", " 1", "1.", ".5", "1,5", "\uFF11", ""})
    void a_price_is_made_of_digits(String price) throws IOException {
        Ran ran = imported(HEADER + "Mug,,kitchen,\"" + price + "\",true,MUG,,1\n");

        assertThat(ran.err()).contains("line 2: price must be a number such as 12000, it is '" + price + "'");
    }

    @Test
    void of_a_cell_that_is_wrong_the_beginning_is_shown() throws IOException {
        Ran ran = imported(HEADER + "Mug,,kitchen,1,true,MUG,,\"1\n" + "x".repeat(100_000) + "\n");

        assertThat(ran.err().lines().findFirst().orElseThrow())
                .startsWith("products.csv, line 2: stock must be a whole number such as 10, it is '1?xxx")
                .hasSizeLessThan(400);
    }

    @Test
    void a_byte_order_mark_and_the_line_ends_of_windows_are_welcome() throws IOException {
        imported("\uFEFF" + HEADER.replace("\n", "\r\n") + "Mug,,kitchen,1,true,MUG,,1\r\n")
                .well();
        imported("\uFEFF\"name\"" + HEADER.substring(4) + "Cup,,kitchen,1,true,CUP,,1\n")
                .well();

        assertThat(products()).extracting(Product::name).containsExactly("Mug", "Cup");
    }
}
