package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls under a key, made again one after the other, at the same time, and in transactions of the host's. */
@Tag("T5")
class IdempotencyKeysTest extends ShopTest {
    private static final IdempotencyKey KEY = new IdempotencyKey("Schlüssel 🔑");
    private static final IdempotencyKey OTHER = new IdempotencyKey("SCHLÜSSEL 🔑");

    private UserId ann = new UserId("ann");
    private ProductId mugs = new ProductId(1);
    private OptionId mug = new OptionId(1);

    @BeforeEach
    void a_mug_for_sale() {
        ann = user("ann", 1_000);
        Product product = product("MUG", 10, 100);
        mugs = product.id();
        mug = product.option("MUG").id();
    }

    /** The same call, many times at once, from two hosts: one answer, and done once. */
    private <T> T atOnce(Function<CommerceFacade, T> call) {
        List<CommerceFacade> hosts = List.of(shop, open(CommerceSettings.defaults()));
        Together<T> answers = Together.each(IntStream.range(0, 16).boxed().toList(), n -> call.apply(hosts.get(n % 2)));
        assertThat(answers.refusals()).isEmpty();
        T first = answers.results().get(0);
        assertThat(answers.results()).hasSize(16).containsOnly(first);
        return first;
    }

    private Order place() {
        return shop.orders().place(PlaceOrder.by(ann).line(mug, 1).withKey(KEY));
    }

    @Test
    @Tag("O1")
    @Tag("T7")
    void an_order_that_many_place_at_once_under_one_key_is_one_order() {
        Order order = atOnce(
                host -> host.orders().place(PlaceOrder.by(ann).line(mug, 2).withKey(KEY)));

        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(available()).isEqualTo(98);
    }

    private long available() {
        return shop.products().get(mugs).option("MUG").available();
    }

    @Test
    @Tag("O2")
    @Tag("O5")
    @Tag("T7")
    void an_order_that_many_pay_and_then_cancel_at_once_is_paid_and_refunded_once() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 2));

        atOnce(host -> host.orders().pay(PayOrder.by(ann, order.id()).withKey(KEY)));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(980));
        atOnce(host -> host.orders().cancel(CancelOrder.by(ann, order.id()).withKey(OTHER)));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_000));
    }

    @Test
    @Tag("B2")
    @Tag("T7")
    void a_balance_that_many_change_at_once_under_one_key_changes_once() {
        atOnce(host -> host.users().topUp(TopUp.of(ann, won(7)).withNote("gift").withKey(KEY)));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_007));
        atOnce(host ->
                host.users().adjust(AdjustBalance.of(ann, won(-7), "lost").withKey(OTHER)));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_000));
    }

    @Test
    @Tag("C1")
    void what_is_added_to_a_cart_under_a_key_is_added_once_and_answered_as_it_was() {
        AddToCart two = AddToCart.of(ann, mug, 2).withKey(KEY);
        CartItem added = shop.carts().add(two);
        shop.carts().add(AddToCart.of(ann, mug, 5).withKey(OTHER));

        assertThat(shop.carts().add(two)).isEqualTo(added);
        refused(
                VALIDATION_ERROR,
                () -> shop.carts().add(AddToCart.of(ann, mug, 3).withKey(KEY)));
        refused(
                VALIDATION_ERROR,
                () -> shop.orders().place(PlaceOrder.by(ann).line(mug, 2).withKey(KEY)));
        assertThat(shop.carts().get(ann).lines())
                .extracting(line -> line.item().quantity())
                .containsExactly(7L);
    }

    @Test
    void of_different_requests_under_one_key_at_once_one_is_done() {
        Together<?> answers = Together.each(
                IntStream.range(1, 17).boxed().toList(),
                n -> shop.users().topUp(TopUp.of(ann, won(n)).withKey(KEY)));

        assertThat(answers.results()).hasSize(1);
        assertThat(answers.refusals()).hasSize(15).containsOnly(VALIDATION_ERROR);
        assertThat(shop.users().get(ann).changes()).isEqualTo(2);
    }

    @Test
    void a_refused_call_writes_nothing_and_may_be_made_again() {
        Contents before = Contents.of(pool);
        refused(
                INSUFFICIENT_BALANCE,
                () -> shop.users()
                        .adjust(AdjustBalance.of(ann, won(-1_001), "lost").withKey(KEY)));
        assertThat(Contents.of(pool)).isEqualTo(before);
        shop.users().topUp(TopUp.of(ann, won(1)));
        assertThat(shop.users()
                        .adjust(AdjustBalance.of(ann, won(-1_001), "lost").withKey(KEY))
                        .after())
                .isEqualTo(won(0));
    }

    @Test
    @Tag("T4")
    void who_comes_while_the_call_is_still_in_progress_is_told_so_when_the_patience_ends() {
        CommerceFacade hasty = open(CommerceSettings.defaults()
                .withTransactionRetry(new TransactionRetry(Duration.ofSeconds(1), 1, Duration.ofSeconds(1))));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            shop.inTransaction(joined -> {
                Order first =
                        joined.orders().place(PlaceOrder.by(ann).line(mug, 1).withKey(KEY));
                Future<Order> second = threads.submit(() ->
                        hasty.orders().place(PlaceOrder.by(ann).line(mug, 1).withKey(KEY)));
                assertThatThrownBy(second::get).cause().isInstanceOfSatisfying(StorageException.class, waited -> {
                    assertThat(waited.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                    assertThat(waited.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                    assertThat(waited).hasMessageContaining("waiting for IDEMPOTENCY_KEY [ann " + KEY + "]");
                });
                return first;
            });
        } finally {
            threads.shutdownNow();
        }
        assertThat(hasty.orders().place(PlaceOrder.by(ann).line(mug, 1).withKey(KEY)))
                .isEqualTo(place());
        assertThat(available()).isEqualTo(99);
    }

    @Test
    @Tag("T6")
    void in_a_transaction_of_the_hosts_a_key_lives_and_dies_with_it() {
        Contents before = Contents.of(pool);
        inHostTransaction(
                false, joined -> joined.users().topUp(TopUp.of(ann, won(1)).withKey(KEY)));
        assertThat(Contents.of(pool)).isEqualTo(before);

        for (int times = 0; times < 2; times++) {
            inHostTransaction(true, joined -> {
                joined.users().topUp(TopUp.of(ann, won(1)).withKey(KEY));
                assertThat(joined.users()
                                .topUp(TopUp.of(ann, won(1)).withKey(KEY))
                                .after())
                        .isEqualTo(won(1_001));
            });
        }
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_001));
    }

    @Test
    @Tag("T6")
    void a_refusal_that_the_host_catches_leaves_no_key_behind() {
        Contents before = Contents.of(pool);
        inHostTransaction(
                true,
                joined -> refused(
                        INSUFFICIENT_BALANCE,
                        () -> joined.users()
                                .adjust(AdjustBalance.of(ann, won(-9_999), "lost")
                                        .withKey(KEY))));
        assertThat(Contents.of(pool)).isEqualTo(before);
    }

    private void inHostTransaction(boolean commit, Consumer<CommerceFacade> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            work.accept(JdbcCommerce.joining(connection).clock(clock).build());
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    @Tag("B6")
    void who_is_removed_leaves_no_keys_behind() {
        UserId bob = user("bob", 0);
        shop.users().topUp(TopUp.of(bob, won(5)).withKey(KEY));
        shop.users().adjust(AdjustBalance.of(bob, won(-5), "paid out").withKey(OTHER));
        shop.users().remove(bob);
        user("bob", 0);
        assertThat(shop.users().topUp(TopUp.of(bob, won(7)).withKey(KEY)).number())
                .as("another request under the key, which is free again")
                .isEqualTo(1);
    }

    @Test
    @Tag("J4")
    @Tag("T7")
    void old_keys_are_forgotten_in_chunks_by_many_hosts_at_once() {
        IntStream.range(0, 25)
                .forEach(n -> shop.users().topUp(TopUp.of(ann, won(1)).withKey(new IdempotencyKey("old-" + n))));
        clock.advance(Duration.ofDays(31));
        shop.users().topUp(TopUp.of(ann, won(1)).withKey(KEY));

        Together<Long> purges = Together.each(
                IntStream.range(0, 4).boxed().toList(),
                n -> shop.jobs().purgeHistory().inChunksOf(4).call().removed(Kind.IDEMPOTENCY_KEYS));
        long left = shop.jobs().purgeHistory().call().removed(Kind.IDEMPOTENCY_KEYS);

        assertThat(purges.results().stream().mapToLong(Long::longValue).sum() + left)
                .isEqualTo(25);
        shop.users().topUp(TopUp.of(ann, won(1)).withKey(KEY));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_026));
    }

    @Test
    @Tag("J5")
    void the_audit_names_a_key_whose_outcome_is_not_what_it_was() {
        Order order = place();
        shop.users().topUp(TopUp.of(ann, won(1)).withKey(OTHER));
        String placed = "result_id = " + order.id() + ", result_value = null, owner = 'ann', use_case = 'orders.place'"
                + " where use_case <> 'users.topUp'";
        String changed = "result_id = 2, result_value = 1001 where use_case = 'users.topUp'";
        assertThat(violations()).isEmpty();
        foundAndMended("result_id = null where use_case = 'orders.place'", placed);
        foundAndMended("result_id = 999999 where use_case = 'orders.place'", placed);
        foundAndMended("owner = 'bob' where use_case = 'orders.place'", placed);
        foundAndMended("use_case = 'orders.pay', result_value = 1 where use_case = 'orders.place'", placed);
        foundAndMended("use_case = 'orders.cancel', result_value = 1 where use_case = 'orders.place'", placed);
        foundAndMended("result_id = null, result_value = null where use_case = 'users.topUp'", changed);
        foundAndMended("result_value = 9 where use_case = 'users.topUp'", changed);
    }

    private void foundAndMended(String damage, String repair) {
        sql("update <commerce>idempotency_keys set " + damage);
        assertThat(violations())
                .as(damage)
                .extracting(Violation::invariant)
                .containsExactly(Invariant.KEYS_HAVE_OUTCOMES);
        sql("update <commerce>idempotency_keys set " + repair);
        assertThat(violations()).as(repair).isEmpty();
    }
}
