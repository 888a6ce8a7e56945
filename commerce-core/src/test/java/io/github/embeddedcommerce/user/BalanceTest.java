package io.github.embeddedcommerce.user;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.fixture.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.joda.money.Money;

@Tag("B3")
class BalanceTest {
    @Property
    void a_change_starts_at_the_balance_and_ends_at_their_sum(
            @ForAll @LongRange(min = 0, max = MAX_AMOUNT_MINOR) long balance,
            @ForAll @LongRange(min = 0, max = MAX_AMOUNT_MINOR) long after,
            @ForAll @LongRange(min = 0, max = 1_000_000) long changes) {
        if (after != balance) {
            User user = user(balance, changes);
            BalanceMovement movement = movement(after - balance);
            BalanceChange change = user.change(movement, NOON);
            assertThat(change).isEqualTo(new BalanceChange(ANN, changes + 1, won(balance), movement, NOON));
            assertThat(change.after()).isEqualTo(won(after));
            assertThat(user.after(change)).isEqualTo(user(after, changes + 1));
        }
    }

    @Property
    @Tag("B5")
    void the_changes_of_a_user_form_one_chain(
            @ForAll @Size(max = 40) List<@LongRange(min = -1_000, max = 1_000) Long> amounts) {
        User user = user(0, 0);
        List<BalanceChange> chain = new ArrayList<>();
        for (long amount : amounts) {
            if (amount != 0 && user.balance().getAmountMinorLong() + amount >= 0) {
                BalanceChange change = user.change(movement(amount), NOON.plusSeconds(chain.size()));
                user = user.after(change);
                chain.add(change);
            }
        }
        Money before = won(0);
        for (int i = 0; i < chain.size(); i++) {
            assertThat(chain.get(i).number()).isEqualTo(i + 1L);
            assertThat(chain.get(i).before()).isEqualTo(before);
            before = chain.get(i).after();
            assertThat(before.isNegative()).isFalse();
        }
        assertThat(user).isEqualTo(new User(ANN, before, chain.size(), NOON));
    }

    @Property
    @Tag("B2")
    @Tag("E1")
    void taking_more_than_there_is_is_refused(
            @ForAll @LongRange(min = 0, max = MAX_AMOUNT_MINOR - 1) long balance,
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long more) {
        long asked = Math.min(balance + more, MAX_AMOUNT_MINOR);
        CommerceException refusal =
                refused(INSUFFICIENT_BALANCE, () -> user(balance, 3).change(movement(-asked), NOON));
        assertThat(refusal)
                .hasMessage("the balance of user ann is KRW " + balance + ", KRW " + asked + " are needed: charge KRW "
                        + (asked - balance) + " first (PAY001)");
        assertThat(refusal.values())
                .containsOnly(
                        Map.entry("user", "ann"),
                        Map.entry("asked", "KRW " + asked),
                        Map.entry("available", "KRW " + balance));
    }

    @Property
    @Tag("E2")
    void a_balance_above_the_limit_is_refused(
            @ForAll @LongRange(min = 1, max = MAX_AMOUNT_MINOR) long balance,
            @ForAll @LongRange(min = 1, max = 1_000_000) long more) {
        long amount = Math.min(MAX_AMOUNT_MINOR - balance + more, MAX_AMOUNT_MINOR);
        CommerceException refusal = malformed(() -> user(balance, 3).change(movement(amount), NOON));
        assertThat(refusal.values())
                .containsOnly(
                        Map.entry("user", "ann"),
                        Map.entry("balance", "KRW " + balance),
                        Map.entry("max", MAX_AMOUNT_MINOR));
        assertThat(refusal).hasMessageContaining("it would be KRW " + (balance + amount));
    }

    @Example
    void a_balance_can_be_emptied_and_filled_to_the_limit() {
        assertThat(user(500, 1).change(movement(-500), NOON).after()).isEqualTo(won(0));
        assertThat(user(1, 1).change(movement(MAX_AMOUNT_MINOR - 1), NOON).after())
                .isEqualTo(won(MAX_AMOUNT_MINOR));
    }

    @Example
    @Tag("E2")
    void an_amount_is_never_zero_nor_beyond_the_limit_either_way() {
        assertThat(movement(MAX_AMOUNT_MINOR).amount()).isEqualTo(won(MAX_AMOUNT_MINOR));
        assertThat(movement(-MAX_AMOUNT_MINOR).amount()).isEqualTo(won(-MAX_AMOUNT_MINOR));
        assertThat(movement(1).amount()).isEqualTo(won(1));
        assertThat(movement(-1).amount()).isEqualTo(won(-1));
        for (long amount : new long[] {0, MAX_AMOUNT_MINOR + 1, -MAX_AMOUNT_MINOR - 1, Long.MAX_VALUE}) {
            assertThat(malformed(() -> movement(amount)).values())
                    .containsOnly(Map.entry("field", "amount"), Map.entry("value", "KRW " + amount));
        }
        Money huge = Money.of(USD, Long.MAX_VALUE);
        malformed(() -> new BalanceMovement(huge, BalanceCode.ADJUST, "", ""));
        malformed(() -> new BalanceMovement(huge.negated(), BalanceCode.ADJUST, "", ""));
    }

    @Example
    @Tag("E2")
    void a_movement_needs_an_amount_and_a_code_and_short_texts() {
        assertThat(malformed(() -> new BalanceMovement(nothing(), BalanceCode.ADJUST, "", ""))
                        .values())
                .containsOnly(Map.entry("field", "amount"));
        assertThat(malformed(() -> new BalanceMovement(won(1), nothing(), "", ""))
                        .values())
                .containsOnly(Map.entry("field", "balance code"));
        Texts.assertBounds("note", 0, 255, note -> new BalanceMovement(won(1), BalanceCode.ADJUST, note, ""));
        Texts.assertBounds("reference", 0, 64, text -> new BalanceMovement(won(1), BalanceCode.ADJUST, "", text));
    }

    @Example
    @Tag("B3")
    void a_payment_and_a_refund_name_their_order_and_no_other_movement_does() {
        for (BalanceCode code : BalanceCode.values()) {
            boolean isForOrder = code == BalanceCode.PAYMENT || code == BalanceCode.REFUND;
            assertThat(new BalanceMovement(won(1), code, "", "17").orderNumber())
                    .isEqualTo(isForOrder ? 17L : null);
        }
    }

    @Example
    void there_are_exactly_four_reasons_for_a_change() {
        assertThat(BalanceCode.values())
                .extracting(BalanceCode::name)
                .containsExactly("SYSTEM_CHARGE", "PAYMENT", "REFUND", "ADJUST");
    }

    private static User user(long balance, long changes) {
        return new User(ANN, won(balance), changes, NOON);
    }

    private static BalanceMovement movement(long amount) {
        return new BalanceMovement(won(amount), BalanceCode.ADJUST, "counted", "");
    }
}
