package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.job.SnapshotPopularProducts.Result;
import io.github.embeddedcommerce.memory.InMemoryShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.PopularProducts.Entry;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

class ListingProductsTest {
    private final InMemoryShop shop = new InMemoryShop();
    private final CommerceFacade door = shop.open();

    @Property(tries = 200)
    @Tag("P2")
    void page_by_page_comes_to_the_same_as_all_at_once(
            @ForAll Sort sort, @ForAll @IntRange(min = 1, max = 12) int size, @ForAll Random random) {
        InMemoryShop memory = new InMemoryShop();
        CommerceFacade shopOf12 = memory.open();
        shopOf12.users().register(ANN);
        shopOf12.users().charge(ANN, won(1_000_000));
        List<Product> registered = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            registered.add(register(shopOf12, n, random));
            memory.clock.advance(Duration.ofSeconds(random.nextInt(2)));
        }
        for (int n = 0; n < random.nextInt(8); n++) {
            buy(shopOf12, new OptionId(1 + random.nextInt(12)), 1 + random.nextInt(3));
            memory.clock.advance(Duration.ofSeconds(1));
        }
        if (random.nextBoolean()) {
            shopOf12.jobs().snapshotPopularProducts().call();
        }
        ProductQuery query = ProductQuery.all().sortedBy(sort);
        ProductQuery asked = random.nextBoolean() ? query : query.inCategory("c1");

        List<Product> all = pages(shopOf12, asked, 1_000);
        assertThat(pages(shopOf12, asked, size)).isEqualTo(all);
        assertThat(all)
                .extracting(Product::id)
                .containsExactlyInAnyOrderElementsOf(registered.stream()
                        .filter(product -> asked.category() == null
                                || product.details().category().equals(asked.category()))
                        .map(Product::id)
                        .toList());
        if (sort == Sort.MOST_POPULAR) {
            List<ProductId> ranked = shopOf12.products().popular().stream()
                    .flatMap(snapshot -> snapshot.entries().stream().map(Entry::product))
                    .filter(id -> all.stream().anyMatch(product -> product.id().equals(id)))
                    .toList();
            assertThat(all.subList(0, ranked.size())).extracting(Product::id).isEqualTo(ranked);
        }
    }

    @Example
    @Tag("J2")
    void a_day_has_one_snapshot_and_only_its_maker_writes() {
        Result made = door.jobs().snapshotPopularProducts().call();
        Result found = door.jobs().snapshotPopularProducts().call();

        assertThat(made.made()).isTrue();
        assertThat(found).isEqualTo(new Result(false, made.snapshot()));
        assertThat(shop.journals().get(0).writes()).isEmpty();
        assertThat(shop.journals().get(1).writes()).containsExactly("popular products of 2026-03-01");
        assertThat(shop.journals().get(2).writes()).isEmpty();
        assertThat(door.products().popular()).contains(made.snapshot().orElseThrow());
        assertThat(door.products().recountPopular(made.snapshot().orElseThrow().day()))
                .contains(made.snapshot().orElseThrow());
        assertThat(door.products().listPopular(PageRequest.first()).items())
                .containsExactly(made.snapshot().orElseThrow());
        shop.assertSound();
    }

    @Example
    @Tag("J2")
    void what_sold_is_ranked_with_how_much_and_when_and_every_day_is_kept() {
        door.users().register(ANN);
        door.users().charge(ANN, won(1_000));
        Product mug = register(door, 0, new Random(1));
        buy(door, mug.options().get(0).id(), 3);
        shop.clock.advance(Duration.ofDays(1));
        PopularProducts first =
                door.jobs().snapshotPopularProducts().call().snapshot().orElseThrow();
        shop.clock.advance(Duration.ofDays(1));
        PopularProducts second =
                door.jobs().snapshotPopularProducts().call().snapshot().orElseThrow();
        shop.clock.advance(Duration.ofDays(2));
        PopularProducts third =
                door.jobs().snapshotPopularProducts().call().snapshot().orElseThrow();

        assertThat(first.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.rank()).isEqualTo(1);
            assertThat(entry.product()).isEqualTo(mug.id());
            assertThat(entry.quantity()).isEqualTo(3);
            assertThat(entry.lastPaidAt()).isEqualTo(Given.NOON);
        });
        assertThat(third.entries()).isEmpty();
        Page<PopularProducts> latest = door.products().listPopular(PageRequest.first(2));
        assertThat(latest.items()).containsExactly(third, second);
        assertThat(door.products()
                        .listPopular(PageRequest.first(2).after(latest.next()))
                        .items())
                .containsExactly(first);
        assertThat(door.products().listPopular(PageRequest.first(3)).next()).isNull();
        shop.assertSound();
    }

    @Example
    @Tag("J2")
    void a_host_that_waited_for_another_takes_the_snapshot_that_one_made() {
        PopularProducts others =
                PopularProducts.of(List.of(), CommerceSettings.defaults().popularity(), shop.clock.instant());
        shop.clock.advance(Duration.ofSeconds(1));
        shop.faults.whileWaitingForSnapshots(rows -> rows.popular().put(others.day(), others));

        assertThat(door.jobs().snapshotPopularProducts().call()).isEqualTo(new Result(false, Optional.of(others)));

        assertThat(shop.journals())
                .hasSize(2)
                .allSatisfy(journal -> assertThat(journal.writes()).isEmpty());
    }

    @Example
    @Tag("P2")
    @Tag("E2")
    void a_list_that_began_in_a_ranking_that_is_no_longer_kept_must_begin_again() {
        Product mug = register(door, 0, new Random(1));
        register(door, 1, new Random(1));
        ProductQuery popular = ProductQuery.all().sortedBy(Sort.MOST_POPULAR);
        door.jobs().snapshotPopularProducts().call();
        Page<Product> page = door.products().list(popular, PageRequest.first(1));
        shop.tamper(rows -> rows.popular().clear());

        assertThat(shop.refused(
                                VALIDATION_ERROR,
                                () -> door.products()
                                        .list(popular, PageRequest.first(1).after(page.next())))
                        .values())
                .containsEntry("field", "cursor");
        assertThat(door.products().list(popular, PageRequest.first()).items()).contains(mug);
    }

    @Example
    @Tag("J2")
    void the_settings_say_how_popularity_is_measured() {
        assertThat(door.jobs().snapshotPopularProducts().call().snapshot().orElseThrow())
                .extracting(PopularProducts::measure)
                .isEqualTo(CommerceSettings.defaults().popularity());
    }

    @Example
    @Tag("E2")
    void nothing_is_refused_at_the_door() {
        Products products = door.products();
        ProductId product = new ProductId(1);
        OptionId option = new OptionId(1);
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.list(nothing(), PageRequest.first()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.list(ProductQuery.all(), nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.change(nothing(), nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.change(product, nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.addOption(nothing(), nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.addOption(product, nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.adjustStock(nothing(), 1, "why"));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.adjustStock(option, 1, nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.receiveStock(option, 1, nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.stockHistory(nothing(), PageRequest.first()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.stockHistory(option, nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.listPopular(nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.recountPopular(nothing()));
    }

    private static Product register(CommerceFacade shop, int number, Random random) {
        NewProduct product = NewProduct.of("P" + number, "c" + random.nextInt(2), won(random.nextInt(3)))
                .withOption("SKU-" + number, 1_000);
        Product registered = shop.products().register(product);
        assertThat(registered.id().value()).isEqualTo(number + 1L);
        return registered;
    }

    private static void buy(CommerceFacade shop, OptionId option, long quantity) {
        Order order = shop.orders().place(PlaceOrder.by(ANN).line(option, quantity));
        shop.orders().pay(new PayOrder(ANN, order.id()));
    }

    private static List<Product> pages(CommerceFacade shop, ProductQuery query, int size) {
        List<Product> all = new ArrayList<>();
        PageRequest next = PageRequest.first(size);
        while (true) {
            Page<Product> page = shop.products().list(query, next);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            assertThat(page.items()).hasSize(size);
            next = next.after(page.next());
        }
    }
}
