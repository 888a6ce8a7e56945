package io.github.embeddedcommerce.page;

import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.embeddedcommerce.fixture.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PageTest {
    @Property
    void pages_one_after_the_other_are_the_whole_list(
            @ForAll @IntRange(max = 30) int length, @ForAll @IntRange(min = 1, max = 10) int size) {
        List<Long> list = LongStream.range(0, length).boxed().toList();
        List<Long> seen = new ArrayList<>();
        PageRequest request = PageRequest.first(size);
        Page<Long> page;
        do {
            page = page(list, request);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
            seen.addAll(page.items());
            request = request.after(page.next());
        } while (page.next() != null);
        assertThat(seen).isEqualTo(list);
    }

    @Example
    void a_page_that_is_just_full_is_the_last() {
        assertThat(page(List.of(1L, 2L), PageRequest.first(2)).next()).isNull();
        assertThat(page(List.of(), PageRequest.first(2))).isEqualTo(new Page<>(List.of(), null));
        assertThat(page(List.of(1L, 2L, 3L), PageRequest.first(2)))
                .isEqualTo(new Page<>(List.of(1L, 2L), Cursor.behind("numbers", List.of(2L))));
    }

    @Example
    @Tag("E2")
    void a_page_keeps_its_entries_whatever_happens_to_the_list() {
        List<Long> list = new ArrayList<>(List.of(1L));
        Page<Long> page = new Page<>(list, null);
        list.clear();
        assertThat(page.items()).containsExactly(1L);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> page.items().clear());
    }

    @Example
    @Tag("E2")
    void a_page_has_1_to_1000_entries_and_20_by_default() {
        assertThat(PageRequest.first()).isEqualTo(new PageRequest(20, null));
        assertThat(PageRequest.first(1_000).size()).isEqualTo(1_000);
        for (int size : new int[] {0, -1, 1_001, Integer.MIN_VALUE}) {
            assertThat(malformed(() -> PageRequest.first(size)).values())
                    .containsEntry("field", "size")
                    .containsEntry("value", (long) size);
        }
    }

    @Property
    void a_cursor_gives_back_what_it_was_made_from(@ForAll @Size(max = 5) List<Long> keys) {
        Cursor cursor = Cursor.behind("orders of ann", keys);
        assertThat(cursor.value()).matches("[A-Za-z0-9_-]+");
        assertThat(new Cursor(cursor.value()).keys("orders of ann", keys.size()))
                .isEqualTo(keys);
    }

    @Property
    @Tag("E2")
    void a_cursor_of_another_list_is_refused(@ForAll @Size(max = 5) List<Long> keys) {
        Cursor cursor = Cursor.behind("orders", keys);
        assertThat(malformed(() -> cursor.keys("products", keys.size())).values())
                .containsOnly(Map.entry("field", "cursor"), Map.entry("value", cursor.value()));
        malformed(() -> cursor.keys("orders", keys.size() + 1));
        malformed(() -> Cursor.behind("orders", List.of(1L)).keys("orders", 0));
    }

    @Property
    @Tag("E2")
    void a_page_begins_below_the_number_of_the_last_entry_before_it(@ForAll long number) {
        PageRequest request = PageRequest.first(3);
        assertThat(request.below("list")).isEqualTo(Long.MAX_VALUE);
        PageRequest next = request.after(Cursor.behind("list", List.of(number)));
        assertThat(next.below("list")).isEqualTo(number);
        malformed(() -> next.below("other"));
    }

    @Property
    @Tag("E2")
    void any_text_is_a_cursor_or_refused_and_never_a_failure(@ForAll String text) {
        if (!text.isBlank() && text.length() <= 500 && text.indexOf('\0') < 0 && isWhole(text)) {
            malformed(() -> new Cursor(text).keys("orders", 2));
        } else {
            malformed(() -> new Cursor(text));
        }
    }

    @Example
    @Tag("E2")
    void a_cursor_has_1_to_500_characters() {
        Texts.assertBounds("cursor", 1, 500, Cursor::new);
        for (String wrong : List.of("b3JkZXJz", "b3JkZXJzCjEKMngK", "b3JkZXJzCjE", "====", "/+/+")) {
            malformed(() -> new Cursor(wrong).keys("orders", 2));
        }
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    /** What a store and a use case do between them. */
    private static Page<Long> page(List<Long> list, PageRequest request) {
        Cursor after = request.after();
        long last = after == null ? -1 : after.keys("numbers", 1).get(0);
        List<Long> found = list.stream()
                .filter(number -> number > last)
                .limit(request.size() + 1L)
                .toList();
        return Page.of(found, request.size(), number -> Cursor.behind("numbers", List.of(number)));
    }
}
