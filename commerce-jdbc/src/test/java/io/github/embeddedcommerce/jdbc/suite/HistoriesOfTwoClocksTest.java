package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Balances, stock, events, snapshots and carts of two hosts whose clocks differ. */
@Tag("T7")
@Tag("J5")
class HistoriesOfTwoClocksTest extends ClocksTest {
    private static final int MANY = 20;

    @Test
    @Tag("B3")
    @Tag("T5")
    void a_balance_is_changed_by_both_hosts_in_turn() {
        each((first, second) -> {
            for (CommerceFacade host : List.of(first, second, first)) {
                host.users().topUp(TopUp.of(ann, won(10)));
                host.users().adjust(AdjustBalance.of(ann, won(-1), "for the example"));
                cancelled(host, paid(host, host));
            }
            IdempotencyKey key = new IdempotencyKey(clock.instant() + " " + first.hashCode());
            BalanceChange change = second.users().topUp(TopUp.of(ann, won(10)).withKey(key));
            assertThat(first.users().topUp(TopUp.of(ann, won(10)).withKey(key))).isEqualTo(change);
            List<Instant> times =
                    shop.users().listBalanceChanges(ann, BalanceQuery.all(), PageRequest.first(100)).items().stream()
                            .map(BalanceChange::at)
                            .toList();
            assertThat(times).contains(change.at()).isSortedAccordingTo(Comparator.reverseOrder());
        });
    }

    @Test
    @Tag("S4")
    @Tag("P5")
    void stock_is_changed_by_both_hosts_in_turn() {
        each((first, second) -> {
            first.products().receiveStock(ReceiveStock.of(mug, 5));
            second.products().adjustStock(AdjustStock.of(mug, -1, "broken"));
            second.products().adjustStock(AdjustStock.of(mug, -1, "broken"));
            cancelled(second, paid(second, first));
            IdempotencyKey key = new IdempotencyKey(clock.instant() + " " + first.hashCode());
            ReceiveStock received = ReceiveStock.of(mug, 5).withKey(key);
            StockLevel level = first.products().receiveStock(received);
            assertThat(second.products().receiveStock(received)).isEqualTo(level);
            second.orders()
                    .giveBack(
                            ReturnItems.of(paid(first, second).id()).line(1, 1).restocked());
            List<Instant> times = times(mug);
            assertThat(times)
                    .hasSizeGreaterThan(5)
                    .contains(level.changedAt())
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(shop.products().findStock(mug).orElseThrow().changedAt()).isEqualTo(times.get(0));
        });
    }

    @Test
    @Tag("P5")
    @Tag("S4")
    void the_stock_of_many_options_is_received_and_adjusted_by_both_hosts_in_turn() {
        List<OptionId> options = new ArrayList<>(List.of(mug));
        for (int i = 0; i < MANY; i++) {
            options.add(product("CUP-" + i, 100, 0).option("CUP-" + i).id());
        }
        List<ReceiveStock> receipts =
                options.stream().map(option -> ReceiveStock.of(option, 2)).toList();
        List<AdjustStock> adjustments = options.stream()
                .map(option -> AdjustStock.of(option, -1, "counted"))
                .toList();
        each((first, second) -> {
            first.products().receiveStockAll(receipts, BulkMode.ALL_OR_NOTHING);
            second.products().adjustStockAll(adjustments, BulkMode.ALL_OR_NOTHING);
            first.products().receiveStockAll(receipts, BulkMode.ROW_BY_ROW);
            assertThat(times(options.get(MANY))).hasSizeGreaterThan(2).isSortedAccordingTo(Comparator.reverseOrder());
        });
    }

    private List<Instant> times(OptionId option) {
        return shop.products().listStockChanges(option, PageRequest.first(100)).items().stream()
                .map(StockChange::at)
                .toList();
    }

    @Test
    @Tag("J3")
    void an_event_of_one_host_is_delivered_set_aside_retried_and_discarded_by_the_other() {
        each((first, second) -> {
            Order retried = paid(first, first);
            Order discarded = paid(first, first);
            advance(Duration.ofSeconds(3));
            assertThat(failing(first).call().deadLetters()).isEqualTo(2);
            assertThat(second.deadLetters().retryAll()).isEqualTo(2);
            advance(Duration.ofSeconds(3));
            assertThat(failing(second).call().deadLetters()).isEqualTo(2);
            nothingRunsBackwards();

            assertThat(first.deadLetters().discard(discarded.id()).at()).isAfterOrEqualTo(discarded.paidAt());
            first.deadLetters().retry(retried.id());
            cancelled(second, retried);
            cancelled(second, discarded);
            advance(Duration.ofSeconds(3));
            assertThat(second.jobs().deliverEvents(event -> {}).call().delivered())
                    .isEqualTo(3);
        });
    }

    private static DeliverEvents failing(CommerceFacade host) {
        return host.jobs()
                .deliverEvents(event -> {
                    throw new IllegalStateException("broker is down");
                })
                .retrying(new DeliveryRetry(1, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    }

    @Test
    @Tag("J2")
    @Tag("C1")
    void a_snapshot_and_a_cart_are_made_by_one_host_after_the_other() {
        each((first, second) -> {
            advance(Duration.ofDays(1));
            paid(first, second);
            first.carts().add(AddToCart.of(ann, mug, 1));
            second.carts().add(AddToCart.of(ann, mug, 1));
            assertThat(second.jobs().snapshotPopularProducts().call().made()).isTrue();
            assertThat(first.jobs().snapshotPopularProducts().call().made()).isFalse();
            assertThat(
                            count(
                                    "select count(*) from <commerce>carts c where c.touched_at < (select max(placed_at) from <commerce>orders)"))
                    .isZero();
        });
    }
}
