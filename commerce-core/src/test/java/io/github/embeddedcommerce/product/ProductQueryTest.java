package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.details;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import io.github.embeddedcommerce.store.ProductPlace;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

@Tag("P2")
class ProductQueryTest {
    @Property
    void a_cursor_of_any_list_is_read_back_and_by_no_other_list(
            @ForAll @AlphaChars @StringLength(min = 2, max = 100) String category,
            @ForAll Sort sort,
            @ForAll long key,
            @ForAll long id) {
        ProductQuery query = ProductQuery.all().sortedBy(sort);
        ProductQuery within = query.inCategory(category);
        Cursor cursor = Cursor.behind(within.listName(), List.of(key, id, key, id));

        assertThat(cursor.keys(within.listName(), 4)).containsExactly(key, id, key, id);
        malformed(() -> cursor.keys(query.listName(), 4));
        malformed(() -> cursor.keys(query.inCategory("1").listName(), 4));
    }

    @Example
    void the_longest_category_makes_no_cursor_too_long() {
        ProductQuery query = ProductQuery.all().inCategory("\uAC00".repeat(100)).sortedBy(Sort.MOST_POPULAR);
        List<Long> keys = List.of(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

        assertThat(Cursor.behind(query.listName(), keys).keys(query.listName(), 4))
                .isEqualTo(keys);
    }

    @Example
    @Tag("E2")
    void a_query_for_nothing_is_refused() {
        malformed(() -> ProductQuery.all().inCategory(nothing()));
        malformed(() -> ProductQuery.all().inCategory(" "));
        malformed(() -> ProductQuery.all().inCategory("x".repeat(101)));
        malformed(() -> ProductQuery.all().sortedBy(nothing()));
    }

    @Property
    void a_place_is_a_time_that_every_database_can_compare_with(@ForAll long key, @ForAll long id) {
        assertThat(new ProductPlace(key, id).registeredAt())
                .isBetween(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
    }

    @Property
    void a_place_keeps_the_microsecond(@ForAll @LongRange(min = 0, max = 1_000_000_000_000_000L) long micros) {
        Product product = new Product(
                new ProductId(7), details("Mug", 1), List.of(), NOON.plusNanos(1_000 * (micros % 1_000_000_000)));

        ProductPlace place = ProductPlace.behind(product, Sort.NEWEST);
        assertThat(place.registeredAt()).isEqualTo(product.registeredAt());
        assertThat(place.id()).isEqualTo(7);
        assertThat(ProductPlace.behind(product, Sort.PRICE_UP)).isEqualTo(new ProductPlace(1, 7));
    }
}
