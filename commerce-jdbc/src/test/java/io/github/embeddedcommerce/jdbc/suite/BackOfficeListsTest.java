package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.embeddedcommerce.coupon.CouponCounts;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.fixture.Pages;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.OptionSales;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductSales;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockEntry;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import io.github.embeddedcommerce.user.UserQuery.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users, coupons and stock as the people who run the shop see them, and what was sold of a product. */
@Tag("R2")
class BackOfficeListsTest extends ShopTest {
    @Test
    void users_are_listed_by_how_their_id_begins() {
        Set<String> ids = new TreeSet<>(List.of(
                "a",
                "ab",
                "abc",
                "abd",
                "ab%",
                "ab_",
                "ab!x",
                "aB",
                "AB",
                "ab ",
                "ab\u00e9",
                "ac",
                "b",
                "ab\ud83d\ude00",
                "ab\uffff",
                "ab\ud7ff",
                "ab\ue000",
                "\uffff",
                "\uffff!",
                "\ud83d\ude00"));
        ids.forEach(id -> shop.users().register(new UserId(id)));

        for (String prefix : ids) {
            List<String> expected =
                    ids.stream().filter(id -> id.startsWith(prefix)).toList();
            assertThat(ids(UserQuery.all().withIdFrom(prefix), 2))
                    .as(prefix)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(ids(UserQuery.all(), 3)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids(UserQuery.all().withIdFrom("abx"), 3)).isEmpty();
        assertThat(ids(UserQuery.all().withIdFrom("a"), 20))
                .containsSubsequence("a", "ab", "ab ", "ab!x", "ab%", "abc");
    }

    @Test
    void users_are_listed_by_their_balance_up_and_down_and_in_a_range() {
        user("cem", 300);
        user("ann", 100);
        user("bob", 300);
        user("dan", 0);
        user("eva", 200);

        assertThat(ids(UserQuery.all().sortedBy(Sort.BALANCE_UP), 2))
                .containsExactly("dan", "ann", "eva", "bob", "cem");
        assertThat(ids(UserQuery.all().sortedBy(Sort.BALANCE_DOWN), 2))
                .containsExactly("cem", "bob", "eva", "ann", "dan");
        UserQuery range = UserQuery.all().withBalanceFrom(won(100)).withBalanceUpTo(won(200));
        assertThat(ids(range.sortedBy(Sort.BALANCE_DOWN), 1)).containsExactly("eva", "ann");
        assertThat(ids(range, 1)).containsExactly("ann", "eva");
        assertThat(ids(range.withIdFrom("e").sortedBy(Sort.BALANCE_UP), 1)).containsExactly("eva");
        refused(VALIDATION_ERROR, () -> range.withBalanceFrom(won(201)));
        Cursor byId = Cursor.behind(UserQuery.all().listName(), List.of(0L), "ann");
        refused(
                VALIDATION_ERROR,
                () -> shop.backOffice()
                        .listUsers(
                                range.sortedBy(Sort.BALANCE_UP),
                                PageRequest.first().after(byId)));
    }

    @Test
    void a_user_whose_balance_stays_is_listed_once_whoever_else_is_paid_meanwhile() {
        List.of("ann", "bob", "cem", "dan").forEach(id -> user(id, 100));
        UserId rich = user("rich", 10);
        UserId first = user("first", 1);
        UserQuery query = UserQuery.all().sortedBy(Sort.BALANCE_UP);

        List<String> listed = Pages.all(2, page -> shop.backOffice().listUsers(query, page), () -> {
                    shop.users().topUp(TopUp.of(rich, won(1_000)));
                    shop.users().topUp(TopUp.of(first, won(50)));
                })
                .stream()
                .map(user -> user.id().value())
                .toList();

        assertThat(listed)
                .filteredOn(Set.of("ann", "bob", "cem", "dan")::contains)
                .hasSize(4);
        assertThat(listed)
                .filteredOn("rich"::equals)
                .as("moved down, listed again")
                .hasSizeGreaterThan(1);
        assertThat(ids(UserQuery.all(), 2)).containsExactly("ann", "bob", "cem", "dan", "first", "rich");
    }

    private List<String> ids(UserQuery query, int size) {
        return Pages.all(size, page -> shop.backOffice().listUsers(query, page)).stream()
                .map(User::id)
                .map(UserId::value)
                .toList();
    }

    @Test
    void coupons_are_counted_as_issued_used_and_left_also_those_without_a_limit() {
        NewCoupon any =
                NewCoupon.of("Any", DiscountRule.percent(10), clock.instant().plusSeconds(3_600));
        CouponId unlimited = shop.coupons().create(any).id();
        CouponId limited = shop.coupons().create(any.limitedTo(5)).id();
        CouponId untouched = shop.coupons().create(any).id();
        OptionId mug = product("MUG", 1_000, 10).option("MUG").id();
        UserId ann = user("ann", 10_000);
        for (String id : List.of("bob", "cem", "dan")) {
            shop.coupons().issue(user(id, 0), unlimited);
        }
        shop.coupons().issue(new UserId("bob"), limited);
        pay(ann, mug, unlimited);
        Order order = pay(ann, mug, limited);

        assertThat(counts(2))
                .extracting(CouponCounts::issued, CouponCounts::used, CouponCounts::left)
                .containsExactly(
                        tuple(0L, 0L, OptionalLong.empty()),
                        tuple(2L, 1L, OptionalLong.of(3)),
                        tuple(4L, 1L, OptionalLong.empty()));
        assertThat(counts(1).stream().map(counts -> counts.coupon().id()))
                .containsExactly(untouched, limited, unlimited);

        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        shop.users().remove(new UserId("dan"));

        assertThat(counts(3))
                .extracting(CouponCounts::issued, CouponCounts::used)
                .containsExactly(tuple(0L, 0L), tuple(2L, 0L), tuple(3L, 1L));
    }

    private Order pay(UserId user, OptionId option, CouponId coupon) {
        UserCouponId issued = shop.coupons().issue(user, coupon).id();
        Order order = shop.orders().place(PlaceOrder.by(user).line(option, 1));
        return shop.orders()
                .pay(PayOrder.by(user, order.id()).withCoupon(issued))
                .order();
    }

    private List<CouponCounts> counts(int size) {
        return Pages.all(size, shop.backOffice()::listCoupons);
    }

    @Test
    void stock_is_listed_with_what_it_is_of_the_lowest_available_first() {
        Product shirt = shop.products()
                .register(NewProduct.of("Shirt", "clothes", won(10))
                        .withOption("SHIRT-L", Map.of("size", "L", "color", "red"), 7)
                        .withOption("SHIRT-S", 3));
        OptionId cap = product("CAP", 5, 4).option("CAP").id();
        product("SOCK", 1, 0);
        shop.orders().place(PlaceOrder.by(user("ann", 0)).line(cap, 2));

        List<StockEntry> all = stock(StockQuery.all(), 1);

        assertThat(all)
                .extracting(
                        entry -> entry.option().sku(),
                        entry -> entry.level().onHand(),
                        entry -> entry.level().reserved(),
                        entry -> entry.level().available())
                .containsExactly(
                        tuple("SOCK", 0L, 0L, 0L),
                        tuple("CAP", 4L, 2L, 2L),
                        tuple("SHIRT-S", 3L, 0L, 3L),
                        tuple("SHIRT-L", 7L, 0L, 7L));
        assertThat(all.get(3).option()).isEqualTo(shirt.option("SHIRT-L"));
        assertThat(all.get(3).productName()).isEqualTo("Shirt");
        assertThat(stock(StockQuery.all().withAtMost(2), 2)).isEqualTo(all.subList(0, 2));
        assertThat(stock(StockQuery.all().ofProduct(shirt.id()), 1)).isEqualTo(all.subList(2, 4));
        assertThat(stock(StockQuery.all().ofProduct(new ProductId(999_999_999)), 1))
                .isEmpty();
    }

    /** What the door promises of a list whose order changes: no more, and no less. */
    @Test
    void stock_that_stays_is_listed_once_and_what_moves_can_be_listed_again_or_missed() {
        for (int n = 0; n < 8; n++) {
            product("SKU-" + n, 1, 10 + n);
        }
        OptionId first =
                shop.products().findBySku("SKU-0").orElseThrow().option("SKU-0").id();
        OptionId last =
                shop.products().findBySku("SKU-7").orElseThrow().option("SKU-7").id();
        Runnable once = new Runnable() {
            private boolean done;

            @Override
            public void run() {
                if (!done) {
                    shop.products().receiveStock(ReceiveStock.of(first, 5));
                    shop.products().adjustStock(AdjustStock.of(last, -17, "lost"));
                    done = true;
                }
            }
        };

        List<String> listed = Pages.all(2, page -> shop.backOffice().listStock(StockQuery.all(), page), once).stream()
                .map(entry -> entry.option().sku())
                .toList();

        assertThat(listed).containsExactly("SKU-0", "SKU-1", "SKU-2", "SKU-3", "SKU-4", "SKU-0", "SKU-5", "SKU-6");
        assertThat(stock(StockQuery.all(), 3).get(0).option().sku()).isEqualTo("SKU-7");
    }

    private List<StockEntry> stock(StockQuery query, int size) {
        return Pages.all(size, page -> shop.backOffice().listStock(query, page));
    }

    @Test
    void the_sales_of_a_product_are_those_of_the_orders_paid_in_the_time() {
        Product shirt = shop.products()
                .register(NewProduct.of("Shirt", "clothes", won(100))
                        .withOption("L", 50)
                        .withOption("S", 50));
        OptionId large = shirt.option("L").id();
        OptionId small = shirt.option("S").id();
        OptionId cap = product("CAP", 5, 50).option("CAP").id();
        UserId ann = user("ann", 100_000);
        buy(ann, PlaceOrder.by(ann).line(large, 1).line(cap, 1));
        clock.advance(Duration.ofSeconds(1));
        Instant begin = clock.instant();
        Order kept = buy(ann, PlaceOrder.by(ann).line(large, 2).line(cap, 1).line(large, 3));
        Order cancelled = buy(ann, PlaceOrder.by(ann).line(large, 4));
        shop.orders().place(PlaceOrder.by(ann).line(small, 7));
        clock.advance(Duration.ofSeconds(1));
        Instant end = clock.instant();
        buy(ann, PlaceOrder.by(ann).line(small, 5));
        shop.orders().cancel(CancelOrder.by(ann, cancelled.id()));
        shop.orders().giveBack(ReturnItems.of(kept.id()).line(1, 1).line(2, 1));

        ProductSales sales = shop.backOffice().getSales(shirt.id(), TimeRange.between(begin, end));

        assertThat(sales.product()).isEqualTo(shop.products().get(shirt.id()));
        assertThat(sales.sales())
                .containsExactly(new OptionSales(large, 9, won(900), 5), new OptionSales(small, 0, won(0), 0));
        assertThat(sales.units()).isEqualTo(9);
        assertThat(sales.sales().get(0).keptUnits()).isEqualTo(4);
        assertThat(shop.backOffice().getSales(shirt.id(), TimeRange.always()).units())
                .isEqualTo(15);
        refused(PRODUCT_NOT_FOUND, () -> shop.backOffice().getSales(new ProductId(999_999_999), TimeRange.always()));
    }

    private Order buy(UserId user, PlaceOrder request) {
        return shop.orders()
                .pay(PayOrder.by(user, shop.orders().place(request).id()))
                .order();
    }
}
