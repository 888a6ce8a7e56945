package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.page.PageRequest.first;
import static io.github.embeddedcommerce.user.BalanceQuery.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.jdbc.store.JdbiStores;
import io.github.embeddedcommerce.jdbc.store.RowLocks;
import io.github.embeddedcommerce.jdbc.store.StoreConnection;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Balances, and the history of each. */
class BalanceTest extends ShopTest {
    private static final UserId NOBODY = new UserId("nobody");

    UserId ann;

    @BeforeEach
    void somebody_who_buys() {
        ann = user("ann", 0);
    }

    @Test
    @Tag("B1")
    void a_user_who_is_registered_already_is_returned_unchanged() {
        shop.users().topUp(TopUp.of(ann, won(1_000)));
        User known = shop.users().get(ann);
        clock.advance(Duration.ofHours(1));

        assertThat(shop.users().register(ann)).isEqualTo(known);
        assertThat(shop.users().get(ann)).isEqualTo(known);
    }

    @Test
    @Tag("B2")
    @Tag("B3")
    void a_balance_is_charged_and_adjusted_either_way() {
        shop.users().topUp(TopUp.of(ann, won(1_000)).withNote("gift card 17"));
        BalanceChange taken = shop.users().adjust(AdjustBalance.of(ann, won(-300), "charged twice"));
        BalanceChange given = shop.users().adjust(AdjustBalance.of(ann, won(50), "for the trouble"));

        assertThat(taken.before()).isEqualTo(won(1_000));
        assertThat(taken.after()).isEqualTo(won(700));
        assertThat(given.after()).isEqualTo(won(750));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(750));
        List<BalanceChange> history = history(all());
        assertThat(history).extracting(BalanceChange::number).containsExactly(3L, 2L, 1L);
        assertThat(history)
                .extracting(change -> change.movement().code())
                .containsExactly(BalanceCode.ADJUST, BalanceCode.ADJUST, BalanceCode.SYSTEM_CHARGE);
        assertThat(history)
                .extracting(change -> change.movement().note())
                .containsExactly("for the trouble", "charged twice", "gift card 17");
    }

    @Test
    @Tag("B2")
    @Tag("E2")
    void an_adjustment_never_goes_below_zero() {
        shop.users().topUp(TopUp.of(ann, won(100)));

        refused(INSUFFICIENT_BALANCE, () -> shop.users().adjust(AdjustBalance.of(ann, won(-101), "too much")));
        assertThat(shop.users()
                        .adjust(AdjustBalance.of(ann, won(-100), "all of it"))
                        .after())
                .isEqualTo(won(0));
        assertThat(shop.users().countBalanceChanges(ann, all())).isEqualTo(2);
    }

    @Test
    @Tag("E2")
    @SuppressWarnings("NullAway")
    void malformed_input_is_refused_and_writes_nothing() {
        Money dollar = Money.of(CurrencyUnit.USD, 1);
        Money tooMuch = won(1_000_000_000_000_001L);
        shop.users().topUp(TopUp.of(ann, won(1_000_000_000_000_000L)));
        for (Money wrong : new Money[] {null, won(0), dollar, tooMuch, tooMuch.negated(), won(1)}) {
            refused(VALIDATION_ERROR, () -> shop.users().adjust(AdjustBalance.of(ann, wrong, "note")));
        }
        for (String wrong : new String[] {null, "", " ", "x".repeat(256), "nul\0"}) {
            refused(VALIDATION_ERROR, () -> shop.users().adjust(AdjustBalance.of(ann, won(-1), wrong)));
        }
        for (String wrong : new String[] {null, "x".repeat(256), "half \uD83D"}) {
            refused(
                    VALIDATION_ERROR,
                    () -> shop.users().topUp(TopUp.of(ann, won(1)).withNote(wrong)));
        }
        refused(VALIDATION_ERROR, () -> shop.users().adjust(AdjustBalance.of(null, won(1), "note")));
        refused(VALIDATION_ERROR, () -> shop.users().getBalance(null));
        refused(VALIDATION_ERROR, () -> shop.users().listBalanceChanges(null, all(), first()));
        refused(VALIDATION_ERROR, () -> shop.users().listBalanceChanges(ann, null, first()));
        refused(VALIDATION_ERROR, () -> shop.users().listBalanceChanges(ann, all(), null));
        refused(VALIDATION_ERROR, () -> shop.users().countBalanceChanges(null, all()));
        refused(VALIDATION_ERROR, () -> shop.users().countBalanceChanges(ann, null));
        Cursor foreign = Cursor.behind("orders", List.of(1L));
        refused(VALIDATION_ERROR, () -> shop.users().listBalanceChanges(ann, all(), first().after(foreign)));
        refused(USER_NOT_FOUND, () -> shop.users().adjust(AdjustBalance.of(NOBODY, won(1), "note")));
        refused(USER_NOT_FOUND, () -> shop.users().getBalance(NOBODY));
        refused(USER_NOT_FOUND, () -> shop.users().listBalanceChanges(NOBODY, all(), first()));
        refused(USER_NOT_FOUND, () -> shop.users().countBalanceChanges(NOBODY, all()));

        assertThat(shop.users().countBalanceChanges(ann, all())).isEqualTo(1);
    }

    @Test
    @Tag("B4")
    void history_is_paged_newest_first_and_new_changes_do_not_move_the_pages() {
        IntStream.rangeClosed(1, 45).forEach(n -> shop.users().topUp(TopUp.of(ann, won(n))));
        user("bob", 7);

        List<Long> seen = new ArrayList<>();
        Cursor next = null;
        do {
            Page<BalanceChange> page = shop.users().listBalanceChanges(ann, all(), first().after(next));
            page.items().forEach(change -> seen.add(change.number()));
            next = page.next();
            shop.users().topUp(TopUp.of(ann, won(1_000)));
        } while (next != null);

        assertThat(PageRequest.first().size()).isEqualTo(20);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 45).mapToObj(n -> 46 - n).toList());
    }

    @Test
    @Tag("B4")
    void history_is_filtered_by_time_code_and_reference() {
        Instant first = clock.instant();
        shop.users().topUp(TopUp.of(ann, won(5_000)));
        clock.advance(Duration.ofSeconds(1));
        Order mug = shop.orders()
                .place(PlaceOrder.by(ann)
                        .line(product("MUG", 100, 5).option("MUG").id(), 1));
        shop.orders().pay(PayOrder.by(ann, mug.id()));
        clock.advance(Duration.ofSeconds(1));
        shop.users().adjust(AdjustBalance.of(ann, won(-1), "rounding"));
        Instant last = clock.instant();

        assertThat(numbers(all().between(first, last))).containsExactly(2L, 1L);
        assertThat(numbers(all().between(first.plusNanos(1), null))).containsExactly(3L, 2L);
        assertThat(numbers(all().between(null, last.plusNanos(1)))).containsExactly(3L, 2L, 1L);
        assertThat(numbers(all().between(Instant.MIN, Instant.MAX))).containsExactly(3L, 2L, 1L);
        assertThat(numbers(all().between(last, last))).isEmpty();
        assertThat(numbers(all().withCode(BalanceCode.PAYMENT))).containsExactly(2L);
        assertThat(numbers(all().withReference(mug.id().toString()))).containsExactly(2L);
        assertThat(numbers(all().withReference("nothing"))).isEmpty();
        assertThat(numbers(all().withCode(BalanceCode.ADJUST)
                        .withReference(mug.id().toString())))
                .isEmpty();
        assertThat(numbers(new BalanceQuery(first, last, BalanceCode.SYSTEM_CHARGE, null)))
                .containsExactly(1L);
    }

    @Test
    @Tag("B5")
    @Tag("B2")
    void changes_made_at_once_form_one_chain() {
        shop.users().topUp(TopUp.of(ann, won(100)));
        List<Integer> turns = IntStream.range(0, 90).boxed().toList();

        Together<BalanceChange> made = Together.each(turns, turn -> switch (turn % 3) {
            case 0 -> shop.users().topUp(TopUp.of(ann, won(5)));
            case 1 -> shop.users().adjust(AdjustBalance.of(ann, won(-7), "down"));
            default -> shop.users().adjust(AdjustBalance.of(ann, won(1), "up"));
        });

        assertThat(made.refusals()).hasSize(90 - made.results().size()).allMatch(code -> code == INSUFFICIENT_BALANCE);
        List<BalanceChange> chain = new ArrayList<>(history(all()));
        Collections.reverse(chain);
        assertThat(chain).hasSize(made.results().size() + 1);
        assertThat(chain)
                .extracting(BalanceChange::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, chain.size()).boxed().toList());
        IntStream.range(1, chain.size())
                .forEach(i -> assertThat(chain.get(i).before())
                        .isEqualTo(chain.get(i - 1).after()));
        assertThat(shop.users().getBalance(ann))
                .isEqualTo(chain.get(chain.size() - 1).after());
    }

    /** The lock of the user keeps this from happening; a missing lock must not cost money. */
    @Test
    @Tag("B5")
    void a_change_that_does_not_follow_on_the_last_one_is_not_written() {
        User stale = shop.users().get(ann);
        BalanceChange last = shop.users().topUp(TopUp.of(ann, won(100)));
        BalanceMovement gift = new BalanceMovement(won(5), BalanceCode.ADJUST, "gift", "");
        BalanceChange late = new BalanceChange(ann, stale.changes() + 1, stale.balance(), gift, clock.instant());

        assertThatThrownBy(() -> write(late)).isInstanceOf(RuntimeException.class); // by us, or by the unique key

        assertThat(history(all())).first().isEqualTo(last);
    }

    private void write(BalanceChange change) {
        Dialect dialect = Dialect.of(pool);
        Jdbi jdbi = JdbiConfig.set(Jdbi.create(pool), dialect, dialect.usualTables(), CurrencyUnit.of("KRW"));
        jdbi.useTransaction(handle -> JdbiStores.with(
                new StoreConnection(jdbi, handle.getConnection()), new RowLocks("write", dialect), stores -> {
                    stores.users().write(List.of(change));
                    return change;
                }));
    }

    private List<Long> numbers(BalanceQuery query) {
        List<Long> numbers = history(query).stream().map(BalanceChange::number).toList();
        assertThat(shop.users().countBalanceChanges(ann, query)).isEqualTo(numbers.size());
        return numbers;
    }

    private List<BalanceChange> history(BalanceQuery query) {
        return shop.users().listBalanceChanges(ann, query, first(1_000)).items();
    }
}
