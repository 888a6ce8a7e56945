package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.TopUp;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What fails in a shared transaction, or in line for one, concerns those whose failure it is. */
class SharedFailuresTest extends CallsInLine {
    @Test
    @Tag("T9")
    void a_call_that_the_database_refuses_fails_alone() {
        sql("alter table <commerce>balance_changes add constraint <name>no_seven check (amount <> 7)");

        Outcomes<BalanceChange> changes =
                inLine("users where id = 'ann'", each(n -> () -> shop.users().topUp(TopUp.of(ann, won(n + 5)))));

        assertThat(changes.failures).singleElement().isInstanceOfSatisfying(StorageException.class, failure -> {
            assertThat(failure.error()).isEqualTo(StorageError.OTHER);
            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
        });
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(50_000 + 5 + 6 + 8 + 9 + 10 + 11 + 12));
    }

    @Test
    @Tag("T9")
    void a_call_that_is_interrupted_in_line_leaves_it_and_keeps_its_flag() {
        AtomicInteger flags = new AtomicInteger();
        List<Callable<Order>> calls = each(4, n -> () -> {
            try {
                return place(shop);
            } finally {
                flags.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            }
        });

        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), calls, threads -> {
            Thread one = threads.get(2);
            one.interrupt();
            await(() -> !one.isAlive());
        });

        assertThat(placed.results).hasSize(3);
        assertThat(placed.failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.error()).isEqualTo(StorageError.INTERRUPTED));
        assertThat(flags).hasValue(1);
    }

    @Test
    @Tag("T9")
    void who_waits_in_line_for_a_row_gives_up_when_the_lock_wait_is_over_and_says_for_which() {
        CommerceFacade patient = other(CommerceSettings.defaults(), 64);
        CommerceFacade impatient = other(
                CommerceSettings.defaults()
                        .withTransactionRetry(new TransactionRetry(Duration.ofMillis(300), 1, Duration.ofSeconds(30))),
                64);

        Outcomes<Order> placed = inLine(
                "stock where option_id = " + mug.value(),
                List.of(() -> place(patient), () -> place(impatient), () -> place(impatient), () -> place(impatient)),
                threads -> await(() -> threads.subList(1, 4).stream().noneMatch(Thread::isAlive)),
                3);

        assertThat(placed.results).hasSize(1);
        assertThat(placed.failures)
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                late -> assertThat(late.error()).isEqualTo(StorageError.LOCK_TIMEOUT))
                        .hasMessageContaining("waiting for STOCK"));
    }

    @Test
    @Tag("T9")
    @Tag("E3")
    void what_fails_after_the_commit_is_unknown_to_all_and_made_by_none_again() {
        Outcomes<BalanceChange> changes = inLine(
                "users where id = 'ann'", each(3, n -> () -> shop.users().topUp(TopUp.of(ann, won(1)))), threads -> {
                    watched.tell(new WatchedDataSource.Watcher() {
                        @Override
                        public void after(String trip, Connection connection) {
                            if (trip.equals("commit")) {
                                throw new IllegalStateException("a wrapper of the pool has failed");
                            }
                        }
                    });
                });
        watched.tell(new WatchedDataSource.Watcher() {});

        assertThat(changes.results).isEmpty();
        assertThat(changes.failures)
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                unknown -> assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN)));
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(50_003));
    }

    @Test
    @Tag("C3")
    @Tag("T9")
    void an_item_of_a_cart_that_is_ordered_twice_in_a_transaction_is_gone_the_second_time() {
        CartItemId first = shop.carts().add(AddToCart.of(ann, mug, 1)).id();
        OptionId cup = product("CUP", 10, 5).option("CUP").id();
        CartItemId item = shop.carts().add(AddToCart.of(ann, cup, 1)).id();

        Outcomes<Order> placed = inLine(
                "users where id = 'ann'",
                each(3, n -> () -> shop.orders().place(PlaceOrder.fromCart(ann, List.of(n == 0 ? first : item)))));

        assertThat(shared).containsExactly(2);
        assertThat(placed.results).hasSize(2);
        assertThat(codes(placed)).containsExactly(ErrorCode.CART_ITEM_NOT_FOUND);
    }

    @Test
    @Tag("T9")
    void who_leaves_the_line_lets_those_go_who_waited_for_nobody_else() {
        OptionId cup = product("CUP", 10, 5).option("CUP").id();
        List<Callable<Order>> calls = List.of(
                () -> place(shop),
                () -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1).line(cup, 1)));
        FutureTask<Order> behind =
                new FutureTask<>(() -> shop.orders().place(PlaceOrder.by(bob).line(cup, 1)));

        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), calls, threads -> {
            Thread last = new Thread(behind);
            last.start();
            await(() -> isInLine(last));
            threads.get(1).interrupt();
            await(() -> !threads.get(1).isAlive());
            await(() -> !last.isAlive());
        });

        assertThat(behind).isDone();
        assertThat(placed.results).hasSize(1);
        assertThat(placed.failures).hasSize(1);
        assertThat(stock(cup).reserved()).isEqualTo(1);
    }
}
