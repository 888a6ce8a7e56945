package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.bulk.BulkReport.Row;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.product.ChangeProduct;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Registering and changing many products in one call. */
@Tag("R4")
class BulkTest extends ShopTest {
    /** Rows of a statement with arrays may be joined in any order, and two hosts would wait for each other's keys. */
    @Test
    void unique_references_are_written_one_after_the_other() {
        List<String> statements = new ArrayList<>();
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        CommerceFacade host = JdbcCommerce.using(watched).build();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                statements.add(trip);
            }
        });

        host.products()
                .registerAll(
                        IntStream.range(0, 5)
                                .mapToObj(n -> NewProduct.of("Mug " + n, "kitchen", won(n))
                                        .withReference(Reference.unique("ERP-" + n))
                                        .withOption("M" + n, 1))
                                .toList(),
                        BulkMode.ALL_OR_NOTHING);

        assertThat(statements)
                .filteredOn(statement -> statement.contains("set reference"))
                .isNotEmpty()
                .allSatisfy(statement ->
                        assertThat(statement.split("set reference = \\?, ", -1)).hasSizeGreaterThan(1));
    }

    @Test
    @Tag("P1")
    void many_products_are_registered_as_they_would_be_one_by_one_and_in_their_order() {
        List<NewProduct> wanted = new ArrayList<>();
        for (int n = 0; n < 1_200; n++) {
            Map<String, String> attributes = new LinkedHashMap<>(Map.of("size", "n" + n));
            attributes.put("color", "blue");
            NewProduct product = NewProduct.of("Mug " + n, "kitchen", won(n))
                    .describedAs("Number " + n)
                    .withOption("Z" + (5_000 - n), attributes, n % 3)
                    .withOption("A" + n, 1);
            wanted.add(n % 7 == 0 ? product.notOnSale() : product);
        }

        List<Product> registered =
                shop.products().registerAll(wanted, BulkMode.ALL_OR_NOTHING).values();

        assertThat(registered).hasSize(1_200).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
        for (int n = 0; n < 1_200; n += 97) {
            Product one = registered.get(n);
            assertThat(shop.products().get(one.id())).isEqualTo(one);
            assertThat(one.details()).isEqualTo(wanted.get(n).details());
            assertThat(one.options()).extracting(option -> option.sku()).containsExactly("Z" + (5_000 - n), "A" + n);
            assertThat(one.option("Z" + (5_000 - n)).attributes())
                    .containsExactlyEntriesOf(wanted.get(n).options().get(0).attributes());
        }
        List<Product> exported = new ArrayList<>();
        shop.exports().products(exported::add).call();
        assertThat(exported).isEqualTo(registered);
    }

    @Test
    @Tag("E2")
    void if_it_is_all_or_nothing_a_refused_row_is_named_and_nothing_is_written() {
        product("TAKEN", 1, 1);
        NewProduct good = NewProduct.of("Mug", "kitchen", won(1)).withOption("MUG", 1);
        Contents before = Contents.of(pool);

        refusedAt("products[1].options[1].sku", good, mug("CUP").withOption("TAKEN", 1));
        refusedAt("products[2].options[0].sku", good, mug("CUP"), mug("MUG"));
        refusedAt("products[0].options", NewProduct.of("Mug", "kitchen", won(1)), good);
        refusedAt(
                "products[1].details.price",
                good,
                NewProduct.of("Cup", "kitchen", Money.ofMinor(CurrencyUnit.USD, 1))
                        .withOption("CUP", 1));
        refusedAt("products[1]", good, nothing());

        assertThat(Contents.of(pool)).isEqualTo(before);
    }

    private static NewProduct mug(String sku) {
        return NewProduct.of("Mug " + sku, "kitchen", won(1)).withOption(sku, 1);
    }

    private void refusedAt(String field, NewProduct... products) {
        List<NewProduct> list = Collections.unmodifiableList(Arrays.asList(products));
        assertThatThrownBy(() -> shop.products().registerAll(list, BulkMode.ALL_OR_NOTHING))
                .hasMessageStartingWith(field + " ")
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(VALIDATION_ERROR);
                    assertThat(refusal.field()).contains(field);
                });
    }

    @Test
    @Tag("E2")
    void row_by_row_a_refused_row_concerns_itself_only() {
        product("TAKEN", 1, 1);
        BulkReport<Product> report = shop.products()
                .registerAll(
                        List.of(
                                mug("A"),
                                mug("TAKEN"),
                                NewProduct.of("Bare", "kitchen", won(1)),
                                mug("B"),
                                mug("A"),
                                NewProduct.of("Dollar", "kitchen", Money.ofMinor(CurrencyUnit.USD, 1))
                                        .withOption("D", 1),
                                mug("C").withOption("B", 1),
                                mug("C")),
                        BulkMode.ROW_BY_ROW);

        assertThat(report.isComplete()).isFalse();
        assertThat(report.values()).extracting(Product::name).containsExactly("Mug A", "Mug B", "Mug C");
        assertThat(IntStream.range(0, 8).mapToObj(row -> told(report.rows().get(row))))
                .containsExactly(
                        "done",
                        "options[0].sku",
                        "options",
                        "done",
                        "options[0].sku",
                        "details.price",
                        "options[1].sku",
                        "done");
        assertThat(shop.products().findBySku("D")).isEmpty();
        assertThat(shop.products().findBySku("C").orElseThrow())
                .isEqualTo(report.values().get(2));
    }

    private static String told(Row<?> row) {
        if (row instanceof Row.Refused<?> refused) {
            return refused.refusal().field().orElse(refused.refusal().code().name());
        }
        return row instanceof Row.Done<?> ? "done" : row.toString();
    }

    @Test
    @Tag("T2")
    @Tag("T3")
    void merchants_who_register_the_same_skus_at_once_get_each_of_them_once() {
        List<List<NewProduct>> lists = new ArrayList<>();
        for (int merchant = 0; merchant < 6; merchant++) {
            List<NewProduct> list = new ArrayList<>(
                    IntStream.range(0, 60).mapToObj(n -> mug("S" + n)).toList());
            Collections.shuffle(list, new Random(merchant));
            lists.add(list);
        }

        Together<BulkReport<Product>> registered =
                Together.each(lists, list -> shop.products().registerAll(list, BulkMode.ROW_BY_ROW));

        assertThat(registered.results()).hasSize(6);
        List<String> skus = registered.results().stream()
                .flatMap(report -> report.values().stream())
                .map(product -> product.options().get(0).sku())
                .toList();
        assertThat(skus).hasSize(60).doesNotHaveDuplicates();
        assertThat(registered.results().stream().flatMap(report -> report.rows().stream()))
                .noneMatch(row -> row instanceof Row.Failed<?>);
    }

    @Test
    @Tag("P4")
    void many_products_are_changed_each_as_the_row_before_left_it() {
        Product mug = product("MUG", 10, 1);
        Product cup = product("CUP", 20, 1);
        ProductChange none = ProductChange.none();
        List<ChangeProduct> changes = List.of(
                new ChangeProduct(cup.id(), none.withPrice(won(21))),
                new ChangeProduct(mug.id(), none.withName("Big mug")),
                new ChangeProduct(cup.id(), none.withOnSale(false).withDescription("Thin")));

        List<ProductDetails> changed =
                shop.products().changeAll(changes, BulkMode.ALL_OR_NOTHING).values();

        assertThat(changed.get(0)).isEqualTo(cup.details().withPrice(won(21)));
        assertThat(changed.get(1).texts().name()).isEqualTo("Big mug");
        assertThat(changed.get(2).price()).isEqualTo(won(21));
        assertThat(changed.get(2).texts().description()).isEqualTo("Thin");
        assertThat(shop.products().get(mug.id()))
                .isEqualTo(new Product(mug.id(), changed.get(1), mug.options(), mug.registeredAt()));
        assertThat(shop.products().get(cup.id()).details()).isEqualTo(changed.get(2));
    }

    @Test
    @Tag("P4")
    @Tag("E2")
    void a_change_that_cannot_be_is_refused_by_itself_or_with_all_others() {
        Product mug = product("MUG", 10, 1);
        ProductChange cheaper = ProductChange.none().withPrice(won(9));
        List<ChangeProduct> changes = List.of(
                new ChangeProduct(mug.id(), cheaper),
                new ChangeProduct(new ProductId(999_999_999), cheaper),
                new ChangeProduct(mug.id(), ProductChange.none()));

        assertThatThrownBy(() -> shop.products().changeAll(changes.subList(0, 2), BulkMode.ALL_OR_NOTHING))
                .hasMessageStartingWith("changes[1] is refused: there is no product")
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(PRODUCT_NOT_FOUND);
                    assertThat(refusal.field()).contains("changes[1]");
                });
        assertThat(shop.products().get(mug.id())).isEqualTo(mug);
        BulkReport<ProductDetails> report = shop.products().changeAll(changes, BulkMode.ROW_BY_ROW);
        assertThat(report.rows().stream().map(BulkTest::told))
                .containsExactly("done", ErrorCode.PRODUCT_NOT_FOUND.name(), "change.change");
        assertThat(shop.products().get(mug.id()).price()).isEqualTo(won(9));
    }

    @Test
    void a_list_is_bounded_and_may_be_empty() {
        for (BulkMode mode : BulkMode.values()) {
            assertThat(shop.products().registerAll(List.of(), mode).rows()).isEmpty();
            NewProduct wide = NewProduct.of("Wide", "test", won(1));
            for (int n = 0; n < NewProduct.MAX_OPTIONS; n++) {
                wide = wide.withOption("S" + n, 1);
            }
            List<NewProduct> tooMany = Collections.nCopies(BulkReport.MAX_ROWS / NewProduct.MAX_OPTIONS + 1, wide);
            refused(VALIDATION_ERROR, () -> shop.products().registerAll(tooMany, mode));
        }
    }

    @Test
    @Tag("T6")
    void within_a_transaction_of_several_a_refused_list_has_written_nothing_and_the_rest_is_committed() {
        product("TAKEN", 1, 1);
        BulkReport<Product> report = shop.inTransaction(tx -> {
            refused(
                    VALIDATION_ERROR,
                    () -> tx.products().registerAll(List.of(mug("A"), mug("TAKEN")), BulkMode.ALL_OR_NOTHING));
            return tx.products().registerAll(List.of(mug("B"), mug("TAKEN"), mug("C")), BulkMode.ROW_BY_ROW);
        });

        assertThat(report.values()).hasSize(2);
        assertThat(shop.products().findBySku("A")).isEmpty();
        assertThat(shop.products().findBySku("B")).isPresent();
        assertThat(shop.products().findBySku("C")).isPresent();
    }
}
