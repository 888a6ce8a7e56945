package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.fixture.SettableClock;
import io.github.embeddedcommerce.memory.InMemoryShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CommerceFacadeTest {
    private final InMemoryShop shop = new InMemoryShop();
    private final CommerceSettings settings = CommerceSettings.defaults();
    private final SettableClock clock = new SettableClock(NOON);

    @Test
    void every_room_has_one_door() {
        CommerceFacade door = shop.open();
        assertThat(door.products()).isNotNull().isSameAs(door.products());
        assertThat(door.users()).isNotNull().isSameAs(door.users());
        assertThat(door.carts()).isNotNull().isSameAs(door.carts());
        assertThat(door.coupons()).isNotNull().isSameAs(door.coupons());
        assertThat(door.orders()).isNotNull().isSameAs(door.orders());
        assertThat(door.events()).isNotNull().isSameAs(door.events());
        assertThat(door.jobs()).isNotNull().isSameAs(door.jobs());
    }

    @Test
    void closing_gives_back_what_was_opened() {
        List<String> closed = new ArrayList<>();
        CommerceFacade door = new CommerceFacade(shop, settings, clock, () -> closed.add("pool"));
        assertThat(closed).isEmpty();
        door.close();
        assertThat(closed).containsExactly("pool");
    }

    @Test
    @Tag("E2")
    void a_door_needs_data_settings_a_clock_and_an_end() {
        assertThat(malformed(() -> new CommerceFacade(nothing(), settings, clock, () -> {}))
                        .values())
                .containsOnly(Map.entry("field", "transactions"));
        assertThat(malformed(() -> new CommerceFacade(shop, nothing(), clock, () -> {}))
                        .values())
                .containsOnly(Map.entry("field", "settings"));
        assertThat(malformed(() -> new CommerceFacade(shop, settings, nothing(), () -> {}))
                        .values())
                .containsOnly(Map.entry("field", "clock"));
        assertThat(malformed(() -> new CommerceFacade(shop, settings, clock, nothing()))
                        .values())
                .containsOnly(Map.entry("field", "what to do on close"));
    }

    @Test
    @Tag("T6")
    void several_use_cases_in_one_transaction_take_effect_together_or_not_at_all() {
        CommerceFacade door = shop.open();
        OptionId mug =
                door.products().register(Given.mugs(100, 5)).options().get(0).id();
        int before = shop.journals().size();

        Order paid = door.inTransaction(joined -> {
            joined.users().register(ANN);
            joined.users().charge(ANN, won(100));
            Order order = joined.orders().place(PlaceOrder.by(ANN).line(mug, 1));
            return joined.orders().pay(new PayOrder(ANN, order.id())).order();
        });
        refused(
                INSUFFICIENT_STOCK,
                () -> door.inTransaction(joined -> {
                    joined.users().charge(ANN, won(1));
                    return joined.orders().place(PlaceOrder.by(ANN).line(mug, 5));
                }));

        assertThat(shop.journals()).hasSize(before + 2);
        assertThat(door.orders().get(ANN, paid.id())).isEqualTo(paid);
        assertThat(door.users().balance(ANN)).isEqualTo(won(0));
        assertThat(malformed(() -> door.inTransaction(nothing())).values()).containsEntry("field", "work");
        shop.assertSound();
    }

    @Test
    void the_shop_inside_a_transaction_has_its_settings_its_clock_and_nothing_to_close() {
        List<String> closed = new ArrayList<>();
        InMemoryShop brief = new InMemoryShop(settings.withTimeToPay(Duration.ofSeconds(7)));
        brief.clock.advance(Duration.ofHours(1));
        CommerceFacade door = new CommerceFacade(
                brief, settings.withTimeToPay(Duration.ofSeconds(7)), brief.clock, () -> closed.add("pool"));
        OptionId mug =
                door.products().register(Given.mugs(100, 5)).options().get(0).id();
        door.users().register(ANN);

        Order order = door.inTransaction(joined -> {
            Order placed = joined.orders().place(PlaceOrder.by(ANN).line(mug, 1));
            joined.close();
            return placed;
        });

        assertThat(order.expiresAt()).isEqualTo(brief.clock.instant().plusSeconds(7));
        assertThat(closed).isEmpty();
    }
}
