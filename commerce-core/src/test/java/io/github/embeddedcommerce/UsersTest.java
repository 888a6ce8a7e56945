package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.page.PageRequest.first;
import static io.github.embeddedcommerce.user.BalanceQuery.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.memory.InMemoryShop;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UsersTest {
    private final InMemoryShop shop = new InMemoryShop();
    private final Users users = shop.open().users();

    @AfterEach
    void the_shop_is_sound() {
        shop.assertSound();
    }

    @Test
    @Tag("B1")
    void a_new_user_has_nothing_to_spend() {
        shop.clock.set(NOON.plusNanos(999));
        User ann = users.register(ANN);
        assertThat(ann).isEqualTo(new User(ANN, won(0), 0, NOON));
        assertThat(users.get(ANN)).isEqualTo(ann);
        assertThat(users.find(ANN)).contains(ann);
    }

    @Test
    @Tag("B1")
    void registering_again_changes_nothing() {
        users.register(ANN);
        users.charge(ANN, won(500));
        User before = users.get(ANN);
        shop.clock.set(NOON.plusSeconds(60));
        assertThat(users.register(ANN)).isEqualTo(before);
        assertThat(shop.journals().get(shop.journals().size() - 1).writes()).isEmpty();
    }

    @Test
    @Tag("B2")
    @Tag("B3")
    void a_charge_adds_to_the_balance_and_to_the_history() {
        users.register(ANN);
        users.charge(ANN, won(500));
        shop.clock.set(NOON.plusSeconds(60));
        BalanceChange change = users.charge(ANN, won(20));
        assertThat(change)
                .isEqualTo(new BalanceChange(
                        ANN,
                        2,
                        won(500),
                        new BalanceMovement(won(20), BalanceCode.SYSTEM_CHARGE, "", ""),
                        NOON.plusSeconds(60)));
        assertThat(change.after()).isEqualTo(won(520));
        assertThat(users.get(ANN).balance()).isEqualTo(won(520));
        assertThat(shop.rows().balanceChanges()).hasSize(2).endsWith(change);
    }

    @Test
    @Tag("B2")
    @Tag("E2")
    void a_charge_of_nothing_of_less_of_too_much_or_of_other_money_is_refused_at_the_door() {
        users.register(ANN);
        for (long amount : new long[] {0, -1, Long.MIN_VALUE, MAX_AMOUNT_MINOR + 1, Long.MAX_VALUE}) {
            assertThat(shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.charge(ANN, won(amount)))
                            .values())
                    .containsEntry("field", "amount to charge")
                    .containsEntry("min", 1L);
        }
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.charge(ANN, Money.of(USD, 1)));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.charge(ANN, nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.charge(nothing(), won(1)));
        assertThat(users.charge(ANN, won(1)).after()).isEqualTo(won(1));
    }

    @Test
    @Tag("B2")
    @Tag("E2")
    void a_charge_beyond_the_limit_of_a_balance_is_refused_and_nothing_is_written() {
        users.register(ANN);
        users.charge(ANN, won(1));
        shop.refused(VALIDATION_ERROR, () -> users.charge(ANN, won(MAX_AMOUNT_MINOR)));
        assertThat(users.charge(ANN, won(MAX_AMOUNT_MINOR - 1)).after()).isEqualTo(won(MAX_AMOUNT_MINOR));
    }

    @Test
    @Tag("B1")
    @Tag("E1")
    void an_unknown_user_is_not_found() {
        users.register(ANN);
        assertThat(users.find(BOB)).isEmpty();
        assertThat(shop.refused(USER_NOT_FOUND, () -> users.get(BOB)).values()).containsOnly(Map.entry("user", "bob"));
        shop.refused(USER_NOT_FOUND, () -> users.charge(BOB, won(1)));
        shop.refused(USER_NOT_FOUND, () -> users.history(BOB, all(), first()));
        shop.refused(USER_NOT_FOUND, () -> users.count(BOB, all()));
    }

    @Test
    @Tag("B1")
    @Tag("E2")
    void a_missing_user_is_refused_at_the_door() {
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.register(nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.find(nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.get(nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.history(nothing(), all(), first()));
    }

    @Test
    @Tag("B3")
    void a_history_is_a_users_own_with_the_newest_change_first() {
        users.register(ANN);
        users.register(BOB);
        assertThat(users.history(ANN, all(), first(1)).items()).isEmpty();
        BalanceChange oldest = users.charge(ANN, won(1));
        users.charge(BOB, won(5));
        BalanceChange second = users.charge(ANN, won(2));
        assertThat(users.history(ANN, all(), first(1)).items()).containsExactly(second);
        assertThat(users.history(ANN, all(), first(1_000)).items()).containsExactly(second, oldest);
    }

    @Test
    @Tag("B4")
    void a_history_is_narrowed_by_time_reason_and_reference_and_goes_on_behind_its_last_change() {
        users.register(ANN);
        BalanceChange early = users.charge(ANN, won(1));
        shop.clock.set(NOON.plusSeconds(60));
        BalanceChange late = users.charge(ANN, won(2));
        BalanceChange corrected = users.adjust(ANN, won(-1), "error");
        Instant noon = NOON;
        assertThat(history(all().between(noon, noon.plusSeconds(60)))).containsExactly(early);
        assertThat(history(all().between(noon.plusSeconds(60), null))).containsExactly(corrected, late);
        assertThat(history(all().withCode(BalanceCode.ADJUST))).containsExactly(corrected);
        assertThat(history(all().withReference("1"))).isEmpty();
        assertThat(users.count(ANN, all().withReference("1"))).isZero();
        assertThat(users.count(ANN, all())).isEqualTo(3);
        Page<BalanceChange> page = users.history(ANN, all(), first(2));
        assertThat(users.history(ANN, all(), first(2).after(page.next())).items())
                .containsExactly(early);
    }

    private List<BalanceChange> history(BalanceQuery query) {
        return users.history(ANN, query, first()).items();
    }

    @Test
    @Tag("B2")
    void an_adjustment_goes_either_way_and_never_below_zero() {
        users.register(ANN);
        assertThat(users.adjust(ANN, won(30), "gift").after()).isEqualTo(won(30));
        assertThat(users.adjust(ANN, won(-10), "error").movement())
                .isEqualTo(new BalanceMovement(won(-10), BalanceCode.ADJUST, "error", ""));
        shop.refused(INSUFFICIENT_BALANCE, () -> users.adjust(ANN, won(-21), "too much"));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.adjust(ANN, won(0), "nothing"));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.adjust(ANN, won(1), ""));
        assertThat(users.balance(ANN)).isEqualTo(won(20));
    }

    @Test
    @Tag("B6")
    void a_user_with_nothing_left_can_be_removed() {
        users.register(ANN);
        users.charge(ANN, won(5));
        shop.refused(VALIDATION_ERROR, () -> users.remove(ANN));
        users.adjust(ANN, won(-5), "paid out");
        users.remove(ANN);
        assertThat(users.find(ANN)).isEmpty();
        assertThat(shop.rows().balanceChanges()).isEmpty();
        shop.refused(USER_NOT_FOUND, () -> users.remove(ANN));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> users.remove(nothing()));
    }
}
