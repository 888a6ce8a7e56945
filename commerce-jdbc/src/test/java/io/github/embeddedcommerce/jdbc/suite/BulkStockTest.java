package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.bulk.BulkReport.Row;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Receiving and adjusting the stock of many options in one call. */
@Tag("R4")
@Tag("P5")
class BulkStockTest extends ShopTest {
    private static final OptionId UNKNOWN = new OptionId(999_999_999);

    private List<OptionId> options(int number) {
        List<NewProduct> products = IntStream.range(0, number)
                .mapToObj(n -> NewProduct.of("P" + n, "test", won(1)).withOption("S" + n, 5))
                .toList();
        return shop.products().registerAll(products, BulkMode.ALL_OR_NOTHING).values().stream()
                .flatMap(product -> product.options().stream())
                .map(ProductOption::id)
                .toList();
    }

    @Test
    @Tag("S4")
    void many_options_receive_and_lose_units_each_with_a_line_in_its_history() {
        List<OptionId> options = options(1_100);
        List<ReceiveStock> receipts = new ArrayList<>();
        options.forEach(option -> receipts.add(ReceiveStock.of(option, 2)));
        Collections.reverse(receipts);
        receipts.add(ReceiveStock.of(options.get(0), 3).withNote("again"));

        BulkReport<StockLevel> received = shop.products().receiveStockAll(receipts, BulkMode.ALL_OR_NOTHING);
        BulkReport<StockLevel> adjusted = shop.products()
                .adjustStockAll(
                        options.stream()
                                .map(option -> AdjustStock.of(option, -1, "counted"))
                                .toList(),
                        BulkMode.ROW_BY_ROW);

        assertThat(received.values()).hasSize(1_101).endsWith(level(options.get(0), 10));
        assertThat(received.values().get(0)).isEqualTo(level(options.get(1_099), 7));
        assertThat(adjusted.isComplete()).isTrue();
        assertThat(adjusted.values().get(1_099)).isEqualTo(level(options.get(1_099), 6));
        assertThat(history(options.get(0))).extracting(StockChange::after).containsExactly(9L, 10L, 7L, 5L);
        assertThat(shop.products().findStock(options.get(500)).orElseThrow().onHand())
                .isEqualTo(6);
    }

    @Test
    void a_row_that_cannot_be_is_refused_by_itself_or_with_all_others() {
        List<OptionId> options = options(2);
        List<AdjustStock> rows = List.of(
                AdjustStock.of(options.get(0), -5, "gone"),
                AdjustStock.of(UNKNOWN, 1, "found"),
                AdjustStock.of(options.get(0), -1, "gone"),
                AdjustStock.of(options.get(1), 4, "found"));
        Contents before = Contents.of(pool);

        assertThatThrownBy(() -> shop.products().adjustStockAll(rows, BulkMode.ALL_OR_NOTHING))
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(PRODUCT_OPTION_NOT_FOUND);
                    assertThat(refusal.field()).contains("adjustments[1]");
                });
        assertThatThrownBy(() -> shop.products()
                        .receiveStockAll(
                                List.of(ReceiveStock.of(options.get(0), 1_000_000_000_000L)), BulkMode.ALL_OR_NOTHING))
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(INVALID_STOCK_QUANTITY);
                    assertThat(refusal.field()).contains("receipts[0].quantity");
                });
        assertThat(Contents.of(pool)).isEqualTo(before);

        BulkReport<StockLevel> report = shop.products().adjustStockAll(rows, BulkMode.ROW_BY_ROW);
        assertThat(report.values()).containsExactly(level(options.get(0), 0), level(options.get(1), 9));
        assertThat(report.rows().get(1)).isInstanceOf(Row.Refused.class);
        assertThat(report.rows().get(2)).isInstanceOf(Row.Refused.class);
    }

    @Test
    @Tag("T5")
    void a_row_with_a_key_happens_once_alone_or_among_many() {
        OptionId option = options(1).get(0);
        ReceiveStock one = ReceiveStock.of(option, 1).withKey(new IdempotencyKey("one"));
        ReceiveStock two = ReceiveStock.of(option, 2).withKey(new IdempotencyKey("two"));
        ReceiveStock three = ReceiveStock.of(option, 3).withKey(new IdempotencyKey("three"));
        ReceiveStock other = ReceiveStock.of(option, 9).withKey(new IdempotencyKey("two"));
        shop.products().receiveStock(one);

        List<StockLevel> levels = List.of(level(option, 6), level(option, 8));
        for (BulkMode mode : BulkMode.values()) {
            assertThat(shop.products().receiveStockAll(List.of(one, two), mode).values())
                    .isEqualTo(levels);
        }
        assertThat(shop.products().receiveStock(two)).isEqualTo(levels.get(1));
        BulkReport<StockLevel> report =
                shop.products().receiveStockAll(List.of(three, two, other, three), BulkMode.ROW_BY_ROW);
        assertThat(report.rows().get(2)).isInstanceOf(Row.Refused.class);
        assertThat(report.values()).containsExactly(level(option, 11), level(option, 8), level(option, 11));
        assertThat(history(option)).hasSize(4);
        refused(VALIDATION_ERROR, () -> shop.products().receiveStockAll(List.of(one, one), BulkMode.ALL_OR_NOTHING));
    }

    @Test
    @Tag("T5")
    @Tag("T6")
    void a_refused_list_leaves_its_keys_unused() {
        OptionId option = options(1).get(0);
        List<ReceiveStock> refused = List.of(
                ReceiveStock.of(option, 1).withKey(new IdempotencyKey("one")),
                ReceiveStock.of(UNKNOWN, 1).withKey(new IdempotencyKey("two")));
        Contents before = Contents.of(pool);

        refused(PRODUCT_OPTION_NOT_FOUND, () -> shop.products().receiveStockAll(refused, BulkMode.ALL_OR_NOTHING));
        shop.inTransaction(tx -> {
            refused(PRODUCT_OPTION_NOT_FOUND, () -> tx.products().receiveStockAll(refused, BulkMode.ALL_OR_NOTHING));
            return tx.products().findStock(option);
        });

        assertThat(Contents.of(pool)).isEqualTo(before);
    }

    @Test
    @Tag("E3")
    void if_the_database_cannot_do_a_chunk_the_report_says_which_rows_are_written() {
        List<OptionId> options = options(2);
        CommerceFacade impatient = open(IMPATIENT);
        List<ReceiveStock> receipts = new ArrayList<>();
        for (int row = 0; row < 2_003; row++) {
            receipts.add(ReceiveStock.of(options.get(row < 1_000 || row >= 2_000 ? 0 : 1), 1));
        }

        whileLocked("stock where option_id = " + options.get(1), () -> {
            BulkReport<StockLevel> report = impatient.products().receiveStockAll(receipts, BulkMode.ROW_BY_ROW);
            assertThat(report.values()).hasSize(1_000).endsWith(level(options.get(0), 1_005));
            for (int row : new int[] {1_000, 1_999, 2_000, 2_002}) {
                assertThat(report.rows().get(row)).isInstanceOfSatisfying(Row.Failed.class, failed -> {
                    StorageException failure = failed.failure();
                    assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                    assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                });
            }
            String notTried = "did not come to this row";
            assertThat(report.rows().subList(1_000, 2_000))
                    .noneMatch(row -> row.toString().contains(notTried));
            assertThat(report.rows().subList(2_000, 2_003))
                    .allMatch(row -> row.toString().contains(notTried));
        });

        assertThat(shop.products().findStock(options.get(1)).orElseThrow().onHand())
                .isEqualTo(5);
    }

    @Test
    @Tag("E3")
    void an_interrupt_ends_a_call_before_the_next_chunk() {
        OptionId option = options(1).get(0);
        Thread.currentThread().interrupt();
        BulkReport<StockLevel> report;
        try {
            report = shop.products().receiveStockAll(List.of(ReceiveStock.of(option, 1)), BulkMode.ROW_BY_ROW);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(report.rows().get(0))
                .isInstanceOfSatisfying(
                        Row.Failed.class,
                        failed -> assertThat(failed.failure().error()).isEqualTo(StorageError.INTERRUPTED));
        assertThat(history(option)).hasSize(1);
    }

    /** Of many rows the latest times are read in another way than of few. */
    @Test
    @Tag("S4")
    void the_history_of_an_option_never_runs_backwards() {
        List<OptionId> options = options(150);
        TestClock ahead = new TestClock();
        ahead.advance(Duration.ofDays(1));
        CommerceFacade other = JdbcCommerce.using(pool).clock(ahead).build();
        other.products().receiveStock(ReceiveStock.of(options.get(7), 1));
        Instant tomorrow = ahead.instant();

        shop.products()
                .receiveStockAll(
                        options.stream()
                                .map(option -> ReceiveStock.of(option, 1))
                                .toList(),
                        BulkMode.ALL_OR_NOTHING);

        assertThat(history(options.get(7)).get(0).at()).isEqualTo(tomorrow);
        assertThat(history(options.get(8)).get(0).at()).isEqualTo(clock.instant());
    }

    private List<StockChange> history(OptionId option) {
        return shop.products()
                .listStockChanges(option, PageRequest.first(PageRequest.MAX_SIZE))
                .items();
    }

    private StockLevel level(OptionId option, long onHand) {
        return new StockLevel(option, onHand, 0, clock.instant());
    }
}
