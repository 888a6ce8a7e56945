package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.job.SnapshotPopularProducts.Result;
import io.github.embeddedcommerce.memory.InMemoryShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.Payment;
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
        for (int n = 0; n < 12; n++) {
            register(shopOf12, n, random);
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
                .doesNotHaveDuplicates()
                .allMatch(product -> product.details().onSale());
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
        assertThat(shop.journals().get(0).writes()).containsExactly("popular products of 2026-03-01");
        assertThat(shop.journals().get(1).writes()).isEmpty();
        assertThat(door.products().popular()).contains(made.snapshot());
        assertThat(door.products().recountPopular(made.snapshot().day())).contains(made.snapshot());
        assertThat(door.products().listPopular(PageRequest.first()).items()).containsExactly(made.snapshot());
        shop.assertSound();
    }

    @Example
    @Tag("J2")
    void the_settings_say_how_popularity_is_measured() {
        assertThat(door.jobs().snapshotPopularProducts().call().snapshot())
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

    private static void register(CommerceFacade shop, int number, Random random) {
        NewProduct product = NewProduct.of("P" + number, "c" + random.nextInt(2), won(random.nextInt(3)))
                .withOption("SKU-" + number, 1_000);
        ProductId id = shop.products().register(product).id();
        assertThat(id.value()).isEqualTo(number + 1L);
    }

    private static void buy(CommerceFacade shop, OptionId option, long quantity) {
        Order order = shop.orders().place(PlaceOrder.by(ANN).line(option, quantity));
        shop.orders().pay(new Payment(ANN, order.id()));
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
