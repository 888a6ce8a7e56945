package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.memory.Journal;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** Use cases in any order, with the right ids and with wrong ones: the books balance after each. */
class AnythingGoesTest {
    /** What a host asks of the shop. Its text is what a failing run shows. */
    record Step(String words, UserId user, long number, long quantity) {
        void in(StockedShop shop) {
            switch (words) {
                case "charge" -> shop.door.users().charge(user, won(quantity * 500));
                case "receive" -> shop.door.products().receiveStock(option(), quantity);
                case "place" -> shop.door.orders().place(PlaceOrder.by(user).line(option(), quantity));
                case "place two lines" ->
                    shop.door
                            .orders()
                            .place(PlaceOrder.by(user).line(option(), 1).line(new OptionId(1), quantity));
                case "pay" -> shop.door.orders().pay(new PayOrder(user, new OrderId(number)));
                case "cancel" -> shop.door.orders().cancel(user, new OrderId(number));
                case "expire" ->
                    shop.door.jobs().expireOverdueOrders().inChunksOf(2).call();
                case "wait" -> shop.memory.clock.advance(Duration.ofMinutes(quantity));
                default -> throw new IllegalArgumentException(words);
            }
        }

        private OptionId option() {
            return new OptionId((number - 1) % 4 + 1);
        }
    }

    @Property(tries = 300)
    @Tag("S1")
    @Tag("S3")
    @Tag("S4")
    @Tag("B3")
    @Tag("B5")
    @Tag("O6")
    @Tag("E2")
    @Tag("J5")
    void whatever_is_asked_the_books_balance_and_a_refusal_writes_nothing(
            @ForAll @Size(max = 60) List<@From("steps") Step> steps) {
        StockedShop shop = new StockedShop(12, 30);
        for (Step step : steps) {
            int before = shop.memory.journals().size();
            try {
                step.in(shop);
            } catch (CommerceException refusal) {
                List<Journal> journals = shop.memory.journals();
                assertThat(refusal.code()).isNotEqualTo(ErrorCode.PAYMENT_FAILED);
                assertThat(journals.subList(before, journals.size()))
                        .filteredOn(journal -> !journal.useCase().equals("jobs.expireOverdueOrders"))
                        .allSatisfy(journal -> assertThat(journal.writes()).isEmpty());
            }
            shop.memory.assertSound();
        }
    }

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<String> words = Arbitraries.frequency(
                Tuple.of(6, "place"),
                Tuple.of(3, "place two lines"),
                Tuple.of(5, "pay"),
                Tuple.of(3, "cancel"),
                Tuple.of(2, "charge"),
                Tuple.of(1, "receive"),
                Tuple.of(1, "expire"),
                Tuple.of(2, "wait"));
        return Combinators.combine(
                        words,
                        Arbitraries.of(ANN, BOB, new UserId("stranger")),
                        Arbitraries.longs().between(1, 12),
                        Arbitraries.longs().between(1, 8))
                .as(Step::new);
    }
}
