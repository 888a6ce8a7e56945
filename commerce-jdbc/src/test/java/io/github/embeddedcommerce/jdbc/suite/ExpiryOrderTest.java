package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.user.BalanceQuery.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Overdue orders that expire together: in which order, what the host is told, and what each gives back. */
class ExpiryOrderTest extends PaymentTest {
    @Test
    @Tag("J1")
    @Tag("B3")
    void the_longest_overdue_order_is_the_first_and_of_those_that_are_equal_the_one_placed_first() {
        Order held = order(1);
        List<Order> others = Stream.generate(() -> order(1)).limit(STOCK - 1).toList();
        others.forEach(this::payInPart);
        clock.advance(TIME_TO_PAY.dividedBy(2));
        payInPart(held);
        clock.advance(Duration.ofHours(1));
        expireOverdue();

        List<Order> expected = new ArrayList<>(others);
        expected.add(held);
        assertThat(refunded())
                .isEqualTo(expected.stream().map(order -> order.id().toString()).toList());
    }

    @Test
    @Tag("J1")
    void after_each_chunk_the_job_says_how_many_have_expired_so_far() {
        Stream.generate(() -> order(1)).limit(3).forEach(order -> {});
        clock.advance(TIME_TO_PAY);
        List<Long> told = new ArrayList<>();

        shop.jobs().expireOverdueOrders().inChunksOf(2).reporting(told::add).call();

        assertThat(told).containsExactly(2L, 3L);
    }

    @Test
    @Tag("J1")
    @Tag("E3")
    void a_connection_that_is_lost_is_no_fault_of_the_orders() {
        order(1);
        clock.advance(TIME_TO_PAY);
        WatchedDataSource cut = new WatchedDataSource(pool::getConnection);
        CommerceFacade impatient =
                JdbcCommerce.using(cut).settings(IMPATIENT).clock(clock).build();
        cut.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) throws SQLException {
                if (trip.contains("for update")) {
                    throw new SQLException("the connection is gone", "08006");
                }
            }
        });

        assertThatThrownBy(() -> impatient.jobs().expireOverdueOrders().call())
                .isInstanceOfSatisfying(
                        StorageException.class,
                        lost -> assertThat(lost.error()).isEqualTo(StorageError.CONNECTION_LOST));
    }

    @Test
    @Tag("J1")
    @Tag("M5")
    void each_order_has_its_own_payments_refunded() {
        Payment first = settledPart(500);
        Payment second = settledPart(300);
        clock.advance(TIME_TO_PAY);

        expireOverdue();

        assertThat(due())
                .extracting(refund -> tuple(refund.order(), refund.payment(), refund.amount()))
                .containsExactlyInAnyOrder(
                        tuple(first.order(), first.id(), won(500)), tuple(second.order(), second.id(), won(300)));
    }

    private Payment settledPart(long amount) {
        return settle(shop.payments().begin(byCard(order(1)).withAmount(won(amount))));
    }

    /** Something is paid from the balance, and the rest by a payment that never comes, which the order is held for. */
    private void payInPart(Order order) {
        shop.payments().begin(byCard(order).withBalance(won(1)));
    }

    /** The orders that were refunded to the balance, the first first. */
    private List<String> refunded() {
        List<String> orders =
                new ArrayList<>(shop.users().listBalanceChanges(ann, all(), PageRequest.first()).items().stream()
                        .filter(change -> change.movement().code() == BalanceCode.REFUND)
                        .map(BalanceChange::movement)
                        .map(BalanceMovement::reference)
                        .toList());
        Collections.reverse(orders);
        return orders;
    }
}
