package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Listing what is on sale, page by page. */
@Tag("P2")
class ProductListTest extends ShopTest {
    static final ProductQuery ALL = ProductQuery.all();

    @Test
    void each_sort_has_its_order_and_the_id_decides_between_equals() {
        product("first", 300, 1);
        product("second", 100, 1);
        clock.advance(Duration.ofNanos(1_000));
        product("third", 300, 1);
        product("fourth", 200, 1);

        for (int size = 1; size <= 5; size++) {
            assertThat(names(ALL.sortedBy(Sort.PRICE_UP), size)).containsExactly("second", "fourth", "first", "third");
            assertThat(names(ALL.sortedBy(Sort.PRICE_DOWN), size))
                    .containsExactly("third", "first", "fourth", "second");
            assertThat(names(ALL.sortedBy(Sort.NEWEST), size)).containsExactly("fourth", "third", "second", "first");
            assertThat(names(ALL.sortedBy(Sort.MOST_POPULAR), size))
                    .containsExactly("fourth", "third", "second", "first");
        }
    }

    @Test
    void the_most_popular_are_those_of_the_latest_snapshot_then_the_newest() {
        product("old", 1, 9);
        Product silver = product("silver", 1, 9);
        Product gold = product("gold", 1, 9);
        Product hidden = product("hidden", 1, 9);
        product("new", 1, 9);
        UserId ann = user("ann", 100);
        buy(ann, silver, 1);
        shop.jobs().snapshotPopularProducts().call();
        clock.advance(Duration.ofDays(1));
        buy(ann, silver, 1);
        buy(ann, gold, 3);
        buy(ann, hidden, 5);
        shop.jobs().snapshotPopularProducts().call();
        shop.products().change(hidden.id(), ProductChange.none().withOnSale(false));

        for (int size = 1; size <= 5; size++) {
            assertThat(names(ALL.sortedBy(Sort.MOST_POPULAR), size)).containsExactly("gold", "silver", "new", "old");
        }
    }

    @Test
    void a_list_by_popularity_goes_on_in_the_snapshot_it_began_with() {
        Product one = product("one", 1, 99);
        Product two = product("two", 1, 99);
        Product three = product("three", 1, 99);
        UserId ann = user("ann", 1_000);
        buy(ann, one, 3);
        buy(ann, two, 2);
        shop.jobs().snapshotPopularProducts().call();
        ProductQuery popular = ALL.sortedBy(Sort.MOST_POPULAR);
        Page<Product> first = shop.products().list(popular, PageRequest.first(1));

        clock.advance(Duration.ofDays(1));
        buy(ann, three, 50);
        shop.jobs().snapshotPopularProducts().call();

        assertThat(first.items()).extracting(Product::name).containsExactly("one");
        assertThat(shop.products()
                        .list(popular, PageRequest.first(5).after(first.next()))
                        .items())
                .extracting(Product::name)
                .containsExactly("two", "three");
        assertThat(names(popular, 5)).containsExactly("three", "one", "two");
    }

    @Test
    void only_what_is_on_sale_is_listed_and_only_the_category_asked_for() {
        for (String category : List.of("a", "A", "a ", "b")) {
            shop.products()
                    .register(NewProduct.of("in " + category, category, won(5)).withOption("sku " + category + ".", 1));
            shop.products()
                    .register(NewProduct.of("hidden in " + category, category, won(5))
                            .withOption("hidden " + category + ".", 1)
                            .notOnSale());
        }

        for (Sort sort : Sort.values()) {
            assertThat(names(ALL.sortedBy(sort), 3)).containsExactlyInAnyOrder("in a", "in A", "in a ", "in b");
            assertThat(names(ALL.sortedBy(sort).inCategory("a"), 1)).containsExactly("in a");
            assertThat(names(ALL.sortedBy(sort).inCategory("nothing here"), 1)).isEmpty();
        }
    }

    @Test
    void products_that_come_and_go_neither_repeat_nor_hide_another() {
        List<Product> products = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            products.add(product("P" + n, 100L * n, 1));
        }
        for (Sort sort : List.of(Sort.PRICE_UP, Sort.PRICE_DOWN, Sort.NEWEST)) {
            Page<Product> page = shop.products().list(ALL.sortedBy(sort), PageRequest.first(3));
            List<String> seen =
                    new ArrayList<>(page.items().stream().map(Product::name).toList());
            Product last = page.items().get(2);
            shop.products().change(last.id(), ProductChange.none().withOnSale(false));
            Product late = product("late " + sort, sort == Sort.PRICE_UP ? 0 : 1_000, 1);

            pages(ALL.sortedBy(sort), PageRequest.first(2).after(page.next()), seen::add);

            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            products.stream().map(Product::name).toArray(String[]::new));
            shop.products().change(last.id(), ProductChange.none().withOnSale(true));
            shop.products().change(late.id(), ProductChange.none().withOnSale(false));
        }
    }

    @Test
    @Tag("P3")
    void a_listed_product_is_the_one_that_is_found() {
        Product shirt = shop.products()
                .register(NewProduct.of("Shirt", "clothes", won(10_000))
                        .describedAs("Cotton")
                        .withOption("SHIRT-M", Map.of("size", "M", "color", "red"), 3)
                        .withOption("SHIRT-L", Map.of("size", "L"), 0));
        Product plain = product("plain", 1, 2);
        shop.orders()
                .place(PlaceOrder.by(user("ann", 0))
                        .line(shirt.option("SHIRT-M").id(), 2));

        List<Product> listed = shop.products()
                .list(ALL.sortedBy(Sort.PRICE_DOWN), PageRequest.first())
                .items();

        assertThat(listed).containsExactly(shop.products().get(shirt.id()), plain);
        assertThat(listed.get(0).option("SHIRT-M").available()).isEqualTo(1);
    }

    @Test
    @Tag("E2")
    void a_cursor_of_another_list_and_one_that_was_tampered_with_are_refused() {
        product("A", 1, 1);
        product("B", 1, 1);
        ProductQuery kitchen = ALL.inCategory("test");
        Cursor cursor = shop.products().list(kitchen, PageRequest.first(1)).next();
        assertThat(cursor).isNotNull();

        List<Cursor> wrong = List.of(
                new Cursor("nonsense"),
                Cursor.behind("orders", List.of(1L, 1L)),
                Cursor.behind(ALL.listName(), List.of(1L)));
        PageRequest next = PageRequest.first(1).after(cursor);
        refused(VALIDATION_ERROR, () -> shop.products().list(ALL, next));
        refused(VALIDATION_ERROR, () -> shop.products().list(kitchen.inCategory("other"), next));
        refused(VALIDATION_ERROR, () -> shop.products().list(kitchen.sortedBy(Sort.PRICE_UP), next));
        wrong.forEach(bad -> refused(
                VALIDATION_ERROR,
                () -> shop.products().list(ALL, PageRequest.first(1).after(bad))));
    }

    @Test
    @Tag("E2")
    void a_cursor_from_the_edge_of_the_world_leads_to_an_edge_of_the_list() {
        product("A", 1, 1);
        for (Sort sort : Sort.values()) {
            String list = ALL.sortedBy(sort).listName();
            boolean popular = sort == Sort.MOST_POPULAR;
            List<Long> least = List.of(Long.MIN_VALUE, Long.MIN_VALUE);
            List<Long> most = List.of(Long.MAX_VALUE, Long.MAX_VALUE);
            for (List<Long> keys : List.of(least, most)) {
                List<Long> all = new ArrayList<>(popular ? List.of(-1L, keys.get(0)) : List.of());
                all.addAll(keys);
                PageRequest page = PageRequest.first(1).after(Cursor.behind(list, all));
                assertThat(shop.products().list(ALL.sortedBy(sort), page).items())
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
        for (long day : List.of(Long.MIN_VALUE, 0L, Long.MAX_VALUE)) {
            Cursor cursor = Cursor.behind(ALL.sortedBy(Sort.MOST_POPULAR).listName(), List.of(day, 0L, 0L, 0L));
            refused(
                    VALIDATION_ERROR,
                    () -> shop.products()
                            .list(
                                    ALL.sortedBy(Sort.MOST_POPULAR),
                                    PageRequest.first(1).after(cursor)));
        }
    }

    @Test
    void a_page_takes_a_constant_number_of_statements_whatever_its_size() {
        List<Product> products = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            products.add(product("P" + n, n, 9));
        }
        UserId ann = user("ann", 10_000);
        products.subList(2, 6).forEach(product -> buy(ann, product, 1));
        shop.jobs().snapshotPopularProducts().call();
        List<String> trips = new ArrayList<>();
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        shop.close();
        shop = JdbcCommerce.using(watched).clock(clock).build();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                trips.addAll(List.of(trip.split("; ", -1)));
            }
        });

        for (int size : List.of(1, 5, 12)) {
            for (Sort sort : List.of(Sort.PRICE_UP, Sort.PRICE_DOWN, Sort.NEWEST)) {
                trips.clear();
                shop.products().list(ALL.sortedBy(sort), PageRequest.first(size));
                assertThat(reads(trips)).hasSize(3);
            }
            trips.clear();
            shop.products().list(ALL.sortedBy(Sort.MOST_POPULAR), PageRequest.first(size));
            assertThat(reads(trips)).hasSize(size < 4 ? 4 : 7);
        }
    }

    private static List<String> reads(List<String> trips) {
        return trips.stream().filter(trip -> trip.contains("from commerce")).toList();
    }

    void buy(UserId buyer, Product product, long quantity) {
        Order order = shop.orders()
                .place(PlaceOrder.by(buyer).line(product.options().get(0).id(), quantity));
        clock.advance(Duration.ofSeconds(1));
        shop.orders().pay(PayOrder.by(buyer, order.id()));
        clock.advance(Duration.ofSeconds(1));
    }

    private List<String> names(ProductQuery query, int size) {
        List<String> names = new ArrayList<>();
        pages(query, PageRequest.first(size), names::add);
        return names;
    }

    private void pages(ProductQuery query, PageRequest first, Consumer<String> name) {
        PageRequest next = first;
        for (int pages = 1; true; pages++) {
            assertThat(pages).as("pages that go round in circles").isLessThan(1_000);
            Page<Product> page = shop.products().list(query, next);
            page.items().forEach(product -> name.accept(product.name()));
            if (page.next() == null) {
                return;
            }
            assertThat(page.items()).hasSize(first.size());
            next = first.after(page.next());
        }
    }
}
