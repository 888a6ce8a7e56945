package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void with_enough_of_everything_every_basket_is_paid() {
        Ran replay = replay("--threads", "8");
        assertThat(figure("paid", replay)).isEqualTo(200);
        assertThat(replay.out())
                .doesNotContain("INSUFFICIENT_STOCK")
                .contains("200 baskets of the bundled baskets.csv");
    }

    @Test
    void what_is_scarce_is_refused_and_never_oversold() {
        Ran replay = replay("--threads", "8", "--stock", "5");
        long paid = figure("paid", replay);
        assertThat(paid).isBetween(5L, 199L);
        assertThat(figure("INSUFFICIENT_STOCK (P002)", replay)).isEqualTo(200 - paid);
        assertThat(replay.out()).containsPattern("eggs +5 +5 ");
    }

    @Test
    void of_baskets_with_one_item_exactly_what_there_is_of_it_is_sold() throws IOException {
        Ran replay = replay(
                file(times(70, "milk"), times(20, "bread"), times(3, "salt")), "--threads", "8", "--stock", "20");
        assertThat(figure("paid", replay)).isEqualTo(20 + 20 + 3);
        assertThat(figure("INSUFFICIENT_STOCK (P002)", replay)).isEqualTo(50);
        assertThat(replay.out())
                .containsPattern("milk +20 +20 ")
                .containsPattern("bread +20 +20 ")
                .containsPattern("salt +3 +20 ");
    }

    @Test
    void an_item_that_is_there_twice_is_bought_twice() throws IOException {
        Ran replay = replay(file(times(10, "egg,milk,egg,egg")), "--stock", "10");
        assertThat(figure("paid", replay)).isEqualTo(3);
        assertThat(replay.out()).containsPattern("egg +9 +10 ").containsPattern("milk +3 +10 ");
    }

    @Test
    void an_empty_shelf_sells_nothing_and_that_is_no_failure() throws IOException {
        Ran replay = replay(file(times(10, "milk")), "--stock", "0");
        assertThat(figure("paid", replay)).isZero();
        assertThat(figure("INSUFFICIENT_STOCK (P002)", replay)).isEqualTo(10);
        assertThat(replay.out()).doesNotContain("Best sellers");
    }

    @Test
    void one_user_can_have_all_the_baskets_and_many_users_can_have_none() throws IOException {
        String file = file(times(40, "milk,bread"));
        assertThat(figure("paid", replay(file, "--users", "1", "--threads", "8")))
                .isEqualTo(40);
        assertThat(figure("paid", replay(file, "--users", "1000"))).isEqualTo(40);
    }

    @Test
    void a_basket_may_have_as_many_items_as_an_order_has_lines() throws IOException {
        String basket = String.join(
                ",",
                Stream.iterate(1, i -> i + 1).limit(200).map(i -> "item " + i).toList());
        assertThat(figure("paid", replay(file(times(2, basket))))).isEqualTo(2);
    }

    @Test
    void it_can_be_repeated_on_the_same_database() throws IOException {
        String file = file(times(40, "milk,bread"));
        String url = "jdbc:h2:file:" + directory.resolve("shop");
        for (int run = 1; run <= 2; run++) {
            assertThat(figure("paid", replay(file, "--url", url))).isEqualTo(40);
        }
    }

    @Test
    void prices_follow_from_names() {
        assertThat(Article.price("milk")).isEqualTo(Article.price("milk"));
        for (String item : Baskets.bundled().demand().keySet()) {
            assertThat(Article.price(item).getAmountMajorLong()).isBetween(1_000L, 20_000L);
        }
    }

    private static Ran replay(String... arguments) {
        Ran replay = Ran.console(
                        Stream.concat(Stream.of("replay"), Stream.of(arguments)).toArray(String[]::new))
                .well();
        assertThat(replay.out().lines().filter(line -> line.endsWith("  holds")))
                .hasSize(3 + Invariant.values().length);
        return replay;
    }

    private static long figure(String row, Ran replay) {
        Matcher line = Pattern.compile("(?m)^ *" + Pattern.quote(row) + " +([0-9,]+)( |$)")
                .matcher(replay.out());
        assertThat(line.find()).as(row).isTrue();
        return Long.parseLong(line.group(1).replace(",", ""));
    }

    private String file(List<?>... baskets) throws IOException {
        Path file = directory.resolve("test.csv");
        Files.write(
                file,
                Stream.of(baskets).flatMap(List::stream).map(String::valueOf).toList());
        return file.toString();
    }

    private static List<String> times(int number, String basket) {
        return Collections.nCopies(number, basket);
    }
}
