package io.github.embeddedcommerce.examples.console;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.embeddedcommerce.order.PlaceOrder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasketsTest {
    @Test
    void a_line_is_a_basket_and_a_comma_separates_items() {
        assertThat(parse("milk,bread\nred wine\n").baskets())
                .containsExactly(new Basket(List.of("milk", "bread")), new Basket(List.of("red wine")));
    }

    @Test
    void space_around_an_item_does_not_count() {
        assertThat(parse(" milk ,\tbread \n").baskets()).containsExactly(new Basket(List.of("milk", "bread")));
    }

    @Test
    void empty_lines_are_skipped_and_counted() {
        assertThat(parse("\nmilk\n  \n\nbread\n\n").baskets()).hasSize(2);
        refused("\nmilk\n  \n\nbread,\n", "line 5");
    }

    @Test
    void the_last_line_needs_no_end_and_windows_ends_are_fine() {
        assertThat(parse("milk\r\nbread").baskets())
                .containsExactly(new Basket(List.of("milk")), new Basket(List.of("bread")));
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_first_item() {
        assertThat(parse("\uFEFFmilk\n").baskets()).containsExactly(new Basket(List.of("milk")));
    }

    @Test
    void items_may_be_in_any_script() {
        assertThat(parse("\uAE40\uCE58,cr\u00E8me fra\u00EEche\n").demand())
                .containsOnlyKeys("\uAE40\uCE58", "cr\u00E8me fra\u00EEche");
    }

    @Test
    void an_item_that_is_there_twice_is_wanted_twice() {
        Baskets baskets = parse("eggs,milk,eggs\neggs\n");
        assertThat(baskets.baskets().get(0).quantities()).isEqualTo(Map.of("eggs", 2L, "milk", 1L));
        assertThat(baskets.demand()).isEqualTo(Map.of("eggs", 3L, "milk", 1L));
    }

    @Test
    void an_item_without_a_name_is_refused_with_its_line() {
        refused("milk\nmilk,,bread\n", "test.csv, line 2: item 2 has no name");
        refused(",milk\n", "line 1: item 1 has no name");
        refused("milk, \n", "line 1: item 2 has no name");
    }

    @Test
    void an_item_has_at_most_64_characters() {
        assertThat(parse("x".repeat(64)).baskets()).hasSize(1);
        refused("milk\n\n" + "x".repeat(65), "line 3", "item 1 has 65 characters", "at most 64");
    }

    @Test
    void a_basket_has_at_most_as_many_items_as_an_order_has_lines() {
        assertThat(parse(items(PlaceOrder.MAX_LINES)).baskets()).hasSize(1);
        refused("milk\n" + items(PlaceOrder.MAX_LINES + 1), "line 2", "at most 200 items", "201");
    }

    @Test
    void bytes_that_are_not_utf8_are_refused_with_their_line() {
        byte[] latin1 = {'m', 'i', 'l', 'k', '\n', 'c', 'r', (byte) 0xE8, 'm', 'e', '\n'};
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> parse(latin1))
                .withMessage("test.csv, line 2: it is not UTF-8 text");
        assertThatExceptionOfType(BadInput.class).isThrownBy(() -> parse("milk\n".getBytes(UTF_16)));
    }

    @Test
    void a_control_character_is_refused_with_its_line() {
        refused("milk\nbr\u001Bead\n", "line 2", "item 1 has a control character");
        refused("milk\nbr\u0000ead\n", "line 2");
    }

    @Test
    void a_line_that_does_not_end_is_refused() {
        refused("milk\n" + "x".repeat(100_001), "line 2", "longer than 100,000 bytes");
    }

    @Test
    void more_baskets_than_fit_are_refused() {
        refused("m\n".repeat(Baskets.MAX_BASKETS + 1), "line 1000001", "at most 1,000,000 baskets");
    }

    @Test
    void more_different_items_than_fit_are_refused() {
        String many = IntStream.rangeClosed(0, Baskets.MAX_PRODUCTS)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n"));
        refused(many, "line 100001", "at most 100,000 different items");
    }

    @Test
    void a_file_without_baskets_is_refused() {
        refused("", "test.csv has no baskets");
        refused("\n \n", "test.csv has no baskets");
    }

    @Test
    void a_missing_file_and_a_directory_are_refused_by_name(@TempDir Path directory) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> Baskets.read(directory.resolve("none.csv")))
                .withMessageContaining("there is no file")
                .withMessageContaining("none.csv");
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> Baskets.read(directory))
                .withMessageContaining("is a directory");
    }

    @Test
    void two_hundred_baskets_travel_with_the_program() {
        assertThat(Baskets.bundled().baskets()).hasSize(200);
        assertThat(Baskets.bundled().demand().size()).isGreaterThan(50);
    }

    private static String items(int number) {
        return String.join(",", Collections.nCopies(number, "milk"));
    }

    private static void refused(String text, String... reasons) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> parse(text))
                .extracting(BadInput::getMessage)
                .satisfies(message -> assertThat(message).contains(reasons));
    }

    private static Baskets parse(String text) {
        return parse(text.getBytes(UTF_8));
    }

    private static Baskets parse(byte[] bytes) {
        try {
            return Baskets.parse(new ByteArrayInputStream(bytes), "test.csv");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
