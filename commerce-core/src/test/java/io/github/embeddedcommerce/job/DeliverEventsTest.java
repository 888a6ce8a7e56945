package io.github.embeddedcommerce.job;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.mugs;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.job.DeliverEvents.Result;
import io.github.embeddedcommerce.memory.InMemoryShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("J3")
class DeliverEventsTest {
    private final InMemoryShop memory = new InMemoryShop();
    private final CommerceFacade shop = memory.open();
    private final List<String> taken = new ArrayList<>();

    @AfterEach
    void the_shop_is_sound() {
        memory.assertSound();
    }

    @Test
    void what_happened_is_told_once_also_when_every_transaction_is_broken_off_once() {
        paid();
        memory.faults.breakOffEveryTransactionOnce();

        assertThat(deliver().call()).isEqualTo(new Result(1, 0, 0, false));
        assertThat(deliver().call()).isEqualTo(new Result(0, 0, 0, false));
        assertThat(taken).containsExactly("1-1");
    }

    @Test
    void an_event_that_keeps_failing_is_set_aside_and_can_be_tried_anew() {
        Order order = paid();
        for (int n = 1; n < 10; n++) {
            assertThat(fail()).isEqualTo(new Result(0, 1, 0, false));
            memory.clock.set(memory.clock.instant().plus(Duration.ofHours(6)));
        }
        assertThat(fail()).isEqualTo(new Result(0, 0, 1, false));

        assertThat(shop.events().listSetAside(PageRequest.first()).items()).hasSize(1);
        shop.events().retry(order.id());
        assertThat(deliver().call().delivered()).isEqualTo(1);
    }

    @Test
    void nothing_is_delivered_inside_a_transaction_of_the_hosts() {
        paid();
        memory.joinHost();

        memory.refused(VALIDATION_ERROR, () -> deliver().call());
        assertThat(taken).isEmpty();
    }

    @Test
    @Tag("J4")
    void what_is_old_goes_and_the_shop_stays_sound() {
        paid();
        deliver().call();
        memory.clock.set(memory.clock.instant().plus(Duration.ofDays(31)));
        Retention retention = Retention.defaults().withBalanceHistory(Duration.ofDays(1));
        PurgeHistory purge = new PurgeHistory(memory, memory.clock::instant, retention);

        PurgeHistory.Result result = purge.call();

        assertThat(result.removed(PurgeHistory.Kind.EVENTS)).isEqualTo(1);
        assertThat(result.removed(PurgeHistory.Kind.BALANCE_CHANGES)).isEqualTo(2);
        assertThat(memory.rows().balanceChanges()).isEmpty();
        assertThat(shop.users().charge(ANN, won(1)).number()).isEqualTo(3);
    }

    private DeliverEvents deliver() {
        return shop.jobs().deliverEvents(event -> taken.add(event.id()));
    }

    private Result fail() {
        return shop.jobs()
                .deliverEvents(event -> {
                    throw new IllegalStateException("down");
                })
                .call();
    }

    private Order paid() {
        OptionId mug = shop.products().register(mugs(100, 5)).options().get(0).id();
        shop.users().register(ANN);
        shop.users().charge(ANN, won(100));
        Order order = shop.orders().place(PlaceOrder.by(ANN).line(mug, 1));
        return shop.orders().pay(new PayOrder(ANN, order.id())).order();
    }
}
