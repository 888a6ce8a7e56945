package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.SettableClock;
import io.github.embeddedcommerce.memory.InMemoryShop;
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
        assertThat(door.orders()).isNotNull().isSameAs(door.orders());
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
}
