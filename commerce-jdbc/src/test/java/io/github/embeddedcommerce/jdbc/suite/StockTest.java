package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Receiving and adjusting stock, and its history. */
@Tag("P5")
class StockTest extends ShopTest {
    OptionId mug;
    UserId ann;

    @BeforeEach
    void ten_mugs() {
        mug = product("MUG", 1_000, 10).option("MUG").id();
        ann = user("ann", 100_000);
    }

    @Test
    @Tag("S4")
    void every_change_other_than_a_sale_is_told_newest_first() {
        clock.advance(Duration.ofHours(1));
        assertThat(shop.products().receiveStock(ReceiveStock.of(mug, 5))).isEqualTo(level(15, 0));
        Order sold = shop.orders().place(PlaceOrder.by(ann).line(mug, 4));
        shop.orders().pay(PayOrder.by(ann, sold.id()));
        assertThat(shop.products().adjustStock(AdjustStock.of(mug, -2, "broken")))
                .isEqualTo(level(9, 0));
        assertThat(shop.products().adjustStock(AdjustStock.of(mug, 1, "found"))).isEqualTo(level(10, 0));
        clock.advance(Duration.ofHours(1));
        assertThat(shop.products().receiveStock(ReceiveStock.of(mug, 1).withNote("delivery 7")))
                .isEqualTo(level(11, 0));

        List<StockChange> history = history(mug, 20);
        assertThat(history).extracting(StockChange::before).containsExactly(10L, 9L, 11L, 10L, 0L);
        assertThat(history).extracting(StockChange::after).containsExactly(11L, 10L, 9L, 15L, 10L);
        assertThat(history)
                .extracting(change -> change.reason().kind())
                .containsExactly(Kind.RECEIPT, Kind.ADJUSTMENT, Kind.ADJUSTMENT, Kind.RECEIPT, Kind.INITIAL);
        assertThat(history)
                .extracting(change -> change.reason().note())
                .containsExactly("delivery 7", "found", "broken", "", "");
        assertThat(history.get(0).at()).isEqualTo(clock.instant());
        assertThat(history.get(1).at()).isEqualTo(clock.instant().minus(Duration.ofHours(1)));
        assertThat(history).allMatch(change -> change.option().equals(mug));
        for (int size = 1; size <= 5; size++) {
            assertThat(history(mug, size)).isEqualTo(history);
        }
    }

    @Test
    @Tag("S4")
    void a_level_knows_when_it_was_last_changed_otherwise_than_by_a_sale() {
        Instant registered = clock.instant();
        Product empty = product("EMPTY", 1, 0);
        clock.advance(Duration.ofMinutes(1));
        Order sold = shop.orders().place(PlaceOrder.by(ann).line(mug, 4));
        Order cancelled = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        shop.orders().pay(PayOrder.by(ann, sold.id()));
        shop.orders().cancel(CancelOrder.by(ann, cancelled.id()));
        assertThat(changedAt(mug)).isEqualTo(registered);
        assertThat(changedAt(empty.option("EMPTY").id())).isEqualTo(registered);

        for (Runnable change : List.<Runnable>of(
                () -> shop.products().receiveStock(ReceiveStock.of(mug, 5)),
                () -> shop.products().adjustStock(AdjustStock.of(mug, -1, "broken")),
                () -> shop.orders()
                        .giveBack(ReturnItems.of(sold.id()).line(1, 1).restocked()),
                () -> shop.orders().cancel(CancelOrder.by(ann, sold.id())))) {
            clock.advance(Duration.ofMinutes(1));
            change.run();
            assertThat(changedAt(mug)).isEqualTo(clock.instant());
            assertThat(history(mug, 20).get(0).at()).isEqualTo(clock.instant());
        }
    }

    private Instant changedAt(OptionId option) {
        return shop.products().findStock(option).orElseThrow().changedAt();
    }

    @Test
    void each_option_has_a_history_of_its_own() {
        OptionId cup = product("CUP", 1, 3).option("CUP").id();
        shop.products().receiveStock(ReceiveStock.of(cup, 5).withNote("cups"));

        assertThat(history(mug, 20)).extracting(StockChange::after).containsExactly(10L);
        assertThat(history(cup, 20)).extracting(StockChange::after).containsExactly(8L, 3L);
        assertThat(history(cup, 1)).isEqualTo(history(cup, 20));
    }

    @Test
    void stock_cannot_be_adjusted_below_what_is_reserved() {
        Order pending = shop.orders().place(PlaceOrder.by(ann).line(mug, 7));

        refused(INVALID_STOCK_QUANTITY, () -> shop.products().adjustStock(AdjustStock.of(mug, -4, "stolen")));
        assertThat(available()).isEqualTo(3);
        assertThat(shop.products().adjustStock(AdjustStock.of(mug, -3, "stolen")))
                .isEqualTo(level(7, 7));
        refused(INVALID_STOCK_QUANTITY, () -> shop.products().adjustStock(AdjustStock.of(mug, -1, "stolen")));

        assertThat(available()).isZero();
        assertThat(history(mug, 20)).hasSize(2);
        shop.orders().cancel(CancelOrder.by(ann, pending.id()));
        assertThat(shop.products().adjustStock(AdjustStock.of(mug, -7, "stolen")))
                .isEqualTo(level(0, 0));
    }

    @Test
    @Tag("T1")
    void of_adjustments_at_once_as_many_succeed_as_there_are_units() {
        shop.orders().place(PlaceOrder.by(ann).line(mug, 4));

        Together<StockLevel> adjusted = Together.each(
                IntStream.range(0, 16).boxed().toList(),
                n -> shop.products().adjustStock(AdjustStock.of(mug, -1, "broken")));

        assertThat(adjusted.results()).hasSize(6);
        assertThat(adjusted.refusals()).hasSize(10).containsOnly(INVALID_STOCK_QUANTITY);
        List<StockChange> history = history(mug, 20);
        assertThat(history).extracting(StockChange::after).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    @Tag("T5")
    void an_adjustment_under_a_key_is_made_once() {
        IdempotencyKey key = new IdempotencyKey("adjust-1");
        AdjustStock broken = AdjustStock.of(mug, -1, "broken").withKey(key);
        StockLevel left = shop.products().adjustStock(broken);

        assertThat(shop.products().adjustStock(broken)).isEqualTo(left);
        refused(
                VALIDATION_ERROR,
                () -> shop.products()
                        .adjustStock(AdjustStock.of(mug, -2, "broken").withKey(key)));
        assertThat(available()).isEqualTo(9);
    }

    @Test
    void stock_can_be_as_much_as_an_option_can_have() {
        shop.products().receiveStock(ReceiveStock.of(mug, NewOption.MAX_STOCK - 10));

        assertThat(available()).isEqualTo(NewOption.MAX_STOCK);
        refused(INVALID_STOCK_QUANTITY, () -> shop.products().receiveStock(ReceiveStock.of(mug, 1)));
    }

    @Test
    @Tag("E2")
    void stock_changes_that_cannot_be_are_refused_and_leave_no_trace() {
        OptionId nothing = new OptionId(999999999);
        for (long quantity : List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE, -11L, NewOption.MAX_STOCK - 9)) {
            refused(INVALID_STOCK_QUANTITY, () -> shop.products().adjustStock(AdjustStock.of(mug, quantity, "why")));
        }
        for (long quantity : List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)) {
            refused(
                    INVALID_STOCK_QUANTITY,
                    () -> shop.products()
                            .receiveStock(ReceiveStock.of(mug, quantity).withNote("why")));
        }
        for (String note : List.of("", "   ", "x".repeat(256), "a\0b")) {
            refused(VALIDATION_ERROR, () -> shop.products().adjustStock(AdjustStock.of(mug, 1, note)));
        }
        refused(
                VALIDATION_ERROR,
                () -> shop.products().receiveStock(ReceiveStock.of(mug, 1).withNote("x".repeat(256))));
        refused(PRODUCT_OPTION_NOT_FOUND, () -> shop.products().adjustStock(AdjustStock.of(nothing, 1, "why")));
        refused(
                PRODUCT_OPTION_NOT_FOUND,
                () -> shop.products().receiveStock(ReceiveStock.of(nothing, 1).withNote("why")));
        refused(PRODUCT_OPTION_NOT_FOUND, () -> shop.products().listStockChanges(nothing, PageRequest.first()));

        assertThat(available()).isEqualTo(10);
        assertThat(history(mug, 20)).hasSize(1);
    }

    @Test
    @Tag("E2")
    void a_cursor_belongs_to_the_history_of_one_option() {
        OptionId spoon = product("SPOON", 1, 1).option("SPOON").id();
        shop.products().receiveStock(ReceiveStock.of(mug, 1));
        Cursor cursor =
                shop.products().listStockChanges(mug, PageRequest.first(1)).next();

        PageRequest next = PageRequest.first(1).after(cursor);
        assertThat(shop.products().listStockChanges(mug, next).items()).hasSize(1);
        refused(VALIDATION_ERROR, () -> shop.products().listStockChanges(spoon, next));
    }

    private long available() {
        return shop.products().list(ProductQuery.all(), PageRequest.first()).items().stream()
                .flatMap(product -> product.options().stream())
                .filter(option -> option.id().equals(mug))
                .findFirst()
                .orElseThrow()
                .available();
    }

    private List<StockChange> history(OptionId option, int pageSize) {
        List<StockChange> history = new ArrayList<>();
        PageRequest next = PageRequest.first(pageSize);
        while (true) {
            Page<StockChange> page = shop.products().listStockChanges(option, next);
            history.addAll(page.items());
            if (page.next() == null) {
                return history;
            }
            next = next.after(page.next());
        }
    }

    private StockLevel level(long onHand, long reserved) {
        return new StockLevel(mug, onHand, reserved, clock.instant());
    }
}
