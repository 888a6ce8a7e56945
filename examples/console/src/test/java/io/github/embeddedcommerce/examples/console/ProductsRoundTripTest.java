package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Products are imported, and exported again byte for byte, by processes of little memory. Thousands are enough for each
 * run of the tests; CONTRIBUTING.md says how to do it with a hundred thousand.
 */
class ProductsRoundTripTest {
    private static final int PRODUCTS = Integer.getInteger("import.products", 3_000);

    @TempDir
    Path directory = Path.of("");

    @Test
    void what_is_imported_is_exported_byte_for_byte_with_bounded_memory() throws Exception {
        Path products = file();
        String url = "jdbc:h2:file:" + directory.resolve("shop");

        String imported = console("import", products.toString(), "--url", url);
        String exported = console("export", directory.resolve("out").toString(), "--url", url);

        assertThat(imported)
                .contains(Figures.count(PRODUCTS) + " of " + Figures.count(PRODUCTS) + " products imported");
        assertThat(exported).contains("products: " + Figures.count(PRODUCTS) + " exported into");
        assertThat(directory.resolve("out/products.csv")).hasSameBinaryContentAs(products);
        assertThat(Files.readAllLines(directory.resolve("out/stock.csv"))).hasSize(1 + PRODUCTS + PRODUCTS / 5);
    }

    /** Every fifth product has a further option; names and texts have all that a CSV file could trip over. */
    private Path file() throws IOException {
        Path file = directory.resolve("products.csv");
        try (BufferedWriter rows = Files.newBufferedWriter(file)) {
            rows.write("name,description,category,price,on_sale,sku,attributes,stock\n");
            for (int n = 0; n < PRODUCTS; n++) {
                String name = n % 7 == 0 ? "\"Mug, \"\"large\"\" " + n + "\"" : " 머그컵 " + n;
                String description = n % 11 == 0 ? "\"Two\nlines, " + n + "\"" : n % 3 == 0 ? "" : "Keeps tea warm";
                rows.write(name + "," + description + ",kitchen " + n % 20 + "," + n * 10L + "," + (n % 13 != 0)
                        + ",SKU-" + n + ",color=blue;size=a\\;b\\=" + n + "," + n % 1_000 + "\n");
                if (n % 5 == 0) {
                    rows.write(",,,,,A-" + n + ",,0\n");
                }
            }
        }
        return file;
    }

    private String console(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Console.class.getName()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out.txt");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        String said = Files.readString(out);
        assertThat(status).as(said).isZero();
        return said;
    }
}
