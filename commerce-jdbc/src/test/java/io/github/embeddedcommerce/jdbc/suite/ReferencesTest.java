package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.Pages;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host's own words on orders, products and options: kept, found again, and unique where the host says so. */
@Tag("R5")
class ReferencesTest extends ShopTest {
    private static final Reference ERP = Reference.unique("ERP-4711");

    UserId ann;
    OptionId mug;
    PlaceOrder request;

    @BeforeEach
    void a_user_and_a_mug() {
        ann = user("ann", 10_000);
        mug = product("MUG", 100, 1_000).option("MUG").id();
        request = PlaceOrder.by(ann).line(mug, 1);
    }

    @Test
    void an_order_keeps_the_reference_and_the_note_it_was_placed_with_and_is_found_by_it() {
        Order noted = shop.orders().place(request.withNote("call first, \u00e9"));
        Order order = shop.orders().place(request.withReference(ERP).withNote("gift"));
        shop.orders().place(request);

        assertThat(shop.backOffice().getOrder(order.id()))
                .isEqualTo(new OrderRecord(order, new OrderLabels(ERP, "gift")));
        assertThat(shop.backOffice().getOrder(noted.id()).labels())
                .isEqualTo(OrderLabels.none().withNote("call first, \u00e9"));
        assertThat(found("ERP-4711")).containsExactly(order.id());
        assertThat(found("erp-4711")).isEmpty();
        assertThat(found("ERP-4711 ")).isEmpty();
        assertThat(shop.orders().get(ann, order.id()))
                .as("the owner sees no note")
                .isEqualTo(order);
    }

    @Test
    void any_number_of_orders_have_a_reference_that_is_not_unique_beside_one_whose_is() {
        Reference campaign = Reference.of("ERP-4711");
        List<OrderId> placed = List.of(
                shop.orders().place(request.withReference(campaign)).id(),
                shop.orders().place(request.withReference(ERP)).id(),
                shop.orders().place(request.withReference(campaign)).id());

        assertThat(found("ERP-4711")).containsExactlyInAnyOrderElementsOf(placed);
    }

    @Test
    @Tag("E2")
    void a_second_order_with_a_unique_reference_is_refused_and_nothing_is_written() {
        Order first = shop.orders().place(request.withReference(ERP));
        Order other = shop.orders().place(request);

        refusedAs(
                "labels.reference must be unique, ERP-4711 is the reference of order " + first.id(),
                () -> shop.orders().place(request.withReference(ERP)));
        refusedAs(
                "reference must be unique, ERP-4711 is the reference of order " + first.id(),
                () -> shop.backOffice().changeReference(other.id(), ERP));
    }

    private void refusedAs(String message, ThrowingCallable call) {
        Contents before = Contents.of(pool);
        assertThatThrownBy(call).isInstanceOfSatisfying(CommerceException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(VALIDATION_ERROR);
            assertThat(refusal).hasMessage(message + " (VALIDATION_ERROR)");
        });
        assertThat(Contents.of(pool)).isEqualTo(before);
    }

    @Test
    void of_many_orders_that_are_placed_at_once_with_one_unique_reference_one_is_placed() {
        List<OptionId> options = IntStream.range(0, 4)
                .mapToObj(n -> product("P" + n, 1, 100).option("P" + n).id())
                .toList();
        List<PlaceOrder> requests = IntStream.range(0, 32)
                .mapToObj(n ->
                        PlaceOrder.by(ann).line(options.get(n % 4), 1).withReference(Reference.unique("R" + n % 2)))
                .toList();

        Together<Order> made = Together.each(requests, shop.orders()::place);

        assertThat(made.results()).hasSize(2);
        assertThat(made.refusals()).hasSize(30).containsOnly(VALIDATION_ERROR);
        assertThat(found("R0")).hasSize(1);
        assertThat(found("R1")).hasSize(1);
    }

    @Test
    @Tag("R4")
    void within_one_list_of_new_products_a_unique_reference_is_given_once() {
        NewProduct plain = NewProduct.of("Cup", "test", won(1));
        NewOption option = new NewOption("CUP-1", Map.of(), 1).withReference(ERP);

        BulkReport<Product> report = shop.products()
                .registerAll(
                        List.of(
                                plain.withReference(ERP).withOption(option),
                                plain.withReference(ERP).withOption("CUP-2", 1),
                                plain.withOption(new NewOption("CUP-3", Map.of(), 1).withReference(ERP)),
                                plain.withOption("CUP-4", 1)),
                        BulkMode.ROW_BY_ROW);

        assertThat(report.values())
                .extracting(product -> product.options().get(0).sku())
                .containsExactly("CUP-1", "CUP-4");
        assertThat(report.rows().get(1).toString()).contains("reference must be unique");
        assertThat(report.rows().get(2).toString()).contains("options[0].reference must be unique");
    }

    @Test
    void of_many_who_put_one_unique_reference_on_different_orders_at_once_one_succeeds() {
        List<OrderId> orders = IntStream.range(0, 12)
                .mapToObj(n -> shop.orders().place(request).id())
                .toList();

        Together<OrderRecord> made =
                Together.each(orders, order -> shop.backOffice().changeReference(order, ERP));

        assertThat(made.results()).hasSize(1);
        assertThat(found("ERP-4711")).containsExactly(made.results().get(0).id());
    }

    @Test
    void a_reference_and_a_note_are_changed_and_taken_away_without_undoing_each_other() {
        OrderId order = shop.orders().place(request.withReference(ERP)).id();

        assertThat(shop.backOffice().changeNote(order, "fragile").labels()).isEqualTo(new OrderLabels(ERP, "fragile"));
        assertThat(shop.backOffice().changeReference(order, ERP).labels())
                .as("its own reference is free for it")
                .isEqualTo(new OrderLabels(ERP, "fragile"));
        assertThat(shop.backOffice()
                        .changeReference(order, Reference.of("other"))
                        .labels())
                .isEqualTo(new OrderLabels(Reference.of("other"), "fragile"));
        OrderId second = shop.orders().place(request.withReference(ERP)).id();
        assertThat(found("ERP-4711")).as("free again").containsExactly(second);
        shop.backOffice().changeNote(order, "");
        OrderRecord bare = shop.backOffice().changeReference(order, Reference.none());

        assertThat(bare.labels()).isEqualTo(OrderLabels.none());
        assertThat(shop.backOffice().getOrder(order)).isEqualTo(bare);
        assertThat(found("other")).isEmpty();
    }

    @Test
    @Tag("T5")
    void the_same_key_with_another_reference_or_note_is_another_request() {
        IdempotencyKey key = new IdempotencyKey("key");
        PlaceOrder first = request.withReference(ERP).withNote("gift").withKey(key);
        Order order = shop.orders().place(first);

        assertThat(shop.orders().place(first)).isEqualTo(order);
        refused(VALIDATION_ERROR, () -> shop.orders().place(first.withNote("")));
        refused(VALIDATION_ERROR, () -> shop.orders().place(first.withReference(Reference.of("ERP-4711"))));
        refused(VALIDATION_ERROR, () -> shop.orders().place(request.withKey(key)));
    }

    @Test
    void products_and_options_are_registered_with_references_and_found_by_them() {
        Reference season = Reference.of("summer");
        Product shirt = shop.products()
                .register(NewProduct.of("Shirt", "clothes", won(10))
                        .withReference(season)
                        .withOption(new NewOption("L", Map.of("size", "L"), 3).withReference(ERP))
                        .withOption("S", 2));
        Product cap = shop.products()
                .register(NewProduct.of("Cap", "clothes", won(10))
                        .withReference(season)
                        .withOption("CAP", 5));

        assertThat(shirt.reference()).isEqualTo(season);
        assertThat(shirt.option("L").reference()).isEqualTo(ERP);
        assertThat(shirt.option("S").reference()).isEqualTo(Reference.none());
        assertThat(shop.products().get(shirt.id())).isEqualTo(shirt);
        assertThat(Pages.all(1, page -> shop.backOffice().listProducts("summer", page)))
                .containsExactly(shirt, cap);
        assertThat(skus("ERP-4711")).containsExactly("L");
        assertThat(skus("erp-4711")).isEmpty();
        Product more = shop.products().addOption(cap.id(), new NewOption("BIG", Map.of(), 1).withReference(season));
        assertThat(more.option("BIG").reference()).isEqualTo(season);
        assertThat(shop.backOffice().changeReference(cap.id(), Reference.none()).reference())
                .isEqualTo(Reference.none());
        assertThat(shop.backOffice().changeReference(shirt.option("S").id(), season))
                .isEqualTo(shop.products().get(shirt.id()));
        assertThat(Pages.all(1, page -> shop.backOffice().listProducts("summer", page)))
                .hasSize(1);
        assertThat(skus("summer")).containsExactlyInAnyOrder("BIG", "S");
    }

    @Test
    @Tag("E2")
    void a_unique_reference_of_a_product_or_an_option_is_refused_to_another() {
        NewProduct shirt = NewProduct.of("Shirt", "clothes", won(10)).withReference(ERP);
        Product first = shop.products().register(shirt.withOption(new NewOption("L", Map.of(), 3).withReference(ERP)));
        OptionId large = first.option("L").id();
        NewOption small = new NewOption("S", Map.of(), 3).withReference(ERP);

        refusedAs(
                "reference must be unique, ERP-4711 is the reference of product " + first.id(),
                () -> shop.products().register(shirt.withOption("S", 1)));
        refusedAs(
                "options[0].reference must be unique, ERP-4711 is the reference of option " + large,
                () -> shop.products()
                        .register(NewProduct.of("Cap", "clothes", won(1)).withOption(small)));
        refusedAs(
                "reference must be unique, ERP-4711 is the reference of option " + large,
                () -> shop.products().addOption(first.id(), small));
        Reference free = Reference.unique("ERP-4712");
        assertThat(shop.products()
                        .addOption(first.id(), small.withReference(free))
                        .option("S")
                        .reference())
                .isEqualTo(free);
        refusedAs(
                "reference must be unique, ERP-4711 is the reference of option " + large,
                () -> shop.backOffice().changeReference(mug, ERP));
        refused(
                VALIDATION_ERROR,
                () -> NewProduct.of("Cap", "clothes", won(1))
                        .withOption(small)
                        .withOption(new NewOption("XS", Map.of(), 3).withReference(ERP)));
        assertThat(shop.backOffice().changeReference(large, ERP).option("L").reference())
                .isEqualTo(ERP);
    }

    @Test
    void of_many_products_that_are_registered_at_once_with_one_unique_reference_one_is_registered() {
        List<NewProduct> products = IntStream.range(0, 12)
                .mapToObj(n -> NewProduct.of("Shirt", "clothes", won(10))
                        .withOption(new NewOption("A" + n, Map.of(), 1)
                                .withReference(Reference.unique(n % 2 == 0 ? "X" : "Y")))
                        .withOption(new NewOption("B" + n, Map.of(), 1)
                                .withReference(Reference.unique(n % 2 == 0 ? "Y" : "X"))))
                .toList();

        Together<Product> made = Together.each(products, shop.products()::register);

        assertThat(made.results()).hasSize(1);
        assertThat(made.refusals()).hasSize(11).containsOnly(VALIDATION_ERROR);
        assertThat(skus("X")).hasSize(1);
    }

    private List<OrderId> found(String reference) {
        return Pages.all(
                        2, page -> shop.backOffice().listOrders(OrderQuery.all().withReference(reference), page))
                .stream()
                .map(OrderRecord::id)
                .toList();
    }

    private List<String> skus(String reference) {
        return Pages.all(2, page -> shop.backOffice().listStock(StockQuery.all().withReference(reference), page))
                .stream()
                .map(entry -> entry.option().sku())
                .toList();
    }
}
