package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.TIME_TO_PAY;
import static io.github.embeddedcommerce.fixture.Given.mugs;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.memory.InMemoryShop;
import io.github.embeddedcommerce.memory.Journal;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlacingOrdersTest {
    private final StockedShop shop = new StockedShop(5, 100);
    private final Orders orders = shop.door.orders();

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    @Tag("O1")
    @Tag("S2")
    void placing_reserves_every_line_and_leaves_what_is_on_hand() {
        Order order = orders.place(PlaceOrder.by(ANN).line(shop.mug, 2).line(shop.spoon, 6));
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(order.total()).isEqualTo(won(2_060));
        assertThat(order.expiresAt()).isEqualTo(NOON.plus(TIME_TO_PAY));
        assertThat(orders.get(ANN, order.id())).isEqualTo(order);
        assertThat(shop.level(shop.mug)).isEqualTo(new StockLevel(shop.mug, 5, 2));
        assertThat(shop.level(shop.spoon)).isEqualTo(new StockLevel(shop.spoon, 100, 6));
        assertThat(shop.balance(ANN)).isEqualTo(won(10_000));
        assertThat(shop.memory.rows().events()).isEmpty();
    }

    @Test
    @Tag("O1")
    void an_order_can_be_paid_for_as_long_as_the_settings_say() {
        assertThat(orderWithin(Duration.ofDays(3)).expiresAt()).isEqualTo(NOON.plus(Duration.ofDays(3)));
    }

    @Test
    @Tag("O1")
    void the_times_of_an_order_are_whole_microseconds_as_every_database_keeps_them() {
        Order order = orderWithin(Duration.ofSeconds(60, 1_999));
        assertThat(order.progress().times().placedAt()).isEqualTo(NOON);
        assertThat(order.expiresAt()).isEqualTo(NOON.plusSeconds(60).plusNanos(1_000));
    }

    private static Order orderWithin(Duration timeToPay) {
        InMemoryShop other = new InMemoryShop(CommerceSettings.defaults().withTimeToPay(timeToPay));
        CommerceFacade door = other.open();
        door.users().register(ANN);
        OptionId mug = door.products().register(mugs(1, 1)).options().get(0).id();
        other.clock.set(NOON.plusNanos(999));
        return door.orders().place(PlaceOrder.by(ANN).line(mug, 1));
    }

    @Test
    @Tag("S1")
    @Tag("S3")
    void the_last_unit_can_be_ordered_and_no_more() {
        shop.mugsFor(ANN, 5);
        assertThat(shop.memory
                        .refused(INSUFFICIENT_STOCK, () -> shop.mugsFor(BOB, 1))
                        .values())
                .containsOnly(
                        Map.entry("option", shop.mug.value()),
                        Map.entry("sku", "MUG-BLUE"),
                        Map.entry("asked", 1L),
                        Map.entry("available", 0L));
    }

    @Test
    @Tag("S3")
    @Tag("E2")
    void one_line_that_is_short_refuses_the_whole_order() {
        shop.memory.refused(
                INSUFFICIENT_STOCK,
                () -> orders.place(PlaceOrder.by(ANN).line(shop.spoon, 1).line(shop.mug, 6)));
        assertThat(shop.level(shop.spoon).reserved()).isZero();
    }

    @Test
    @Tag("S3")
    void two_lines_of_one_option_add_up() {
        PlaceOrder six =
                PlaceOrder.by(ANN).line(shop.mug, 3).line(shop.spoon, 1).line(shop.mug, 3);
        assertThat(shop.memory
                        .refused(INSUFFICIENT_STOCK, () -> orders.place(six))
                        .values())
                .containsEntry("asked", 6L)
                .containsEntry("available", 5L);
        Order five = orders.place(PlaceOrder.by(ANN).line(shop.mug, 3).line(shop.mug, 2));
        assertThat(five.lines()).hasSize(2);
        assertThat(five.total()).isEqualTo(won(5_000));
        assertThat(shop.level(shop.mug).available()).isZero();
    }

    @Test
    @Tag("O1")
    @Tag("E2")
    void an_unknown_or_hidden_option_is_refused_and_nothing_is_written() {
        OptionId hidden = shop.door
                .products()
                .register(NewProduct.of("Secret", "kitchen", won(1))
                        .withOption("SECRET", 1)
                        .notOnSale())
                .options()
                .get(0)
                .id();
        OptionId unknown = new OptionId(99);
        assertThat(shop.memory
                        .refused(
                                PRODUCT_OPTION_NOT_FOUND,
                                () -> orders.place(PlaceOrder.by(ANN).line(unknown, 1)))
                        .values())
                .containsOnly(Map.entry("option", 99L));
        shop.memory.refused(
                PRODUCT_OPTION_NOT_FOUND,
                () -> orders.place(PlaceOrder.by(ANN).line(shop.mug, 1).line(hidden, 1)));
    }

    @Test
    @Tag("O1")
    @Tag("E2")
    void an_unknown_user_is_refused_and_nothing_is_written() {
        UserId stranger = new UserId("stranger");
        assertThat(shop.memory
                        .refused(USER_NOT_FOUND, () -> shop.mugsFor(stranger, 1))
                        .values())
                .containsOnly(Map.entry("user", "stranger"));
    }

    @Test
    @Tag("O1")
    @Tag("E2")
    void a_total_beyond_the_limit_is_refused_and_nothing_is_written() {
        OptionId gold = shop.door
                .products()
                .register(NewProduct.of("Gold", "metal", won(MAX_AMOUNT_MINOR)).withOption("GOLD", 9))
                .options()
                .get(0)
                .id();
        shop.memory.refused(
                VALIDATION_ERROR, () -> orders.place(PlaceOrder.by(ANN).line(gold, 2)));
        shop.memory.refused(
                VALIDATION_ERROR,
                () -> orders.place(PlaceOrder.by(ANN).line(gold, 1).line(shop.spoon, 1)));
        assertThat(orders.place(PlaceOrder.by(ANN).line(gold, 1)).total()).isEqualTo(won(MAX_AMOUNT_MINOR));
    }

    @Test
    @Tag("E2")
    void a_request_without_lines_is_refused_at_the_door() {
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.place(PlaceOrder.by(ANN)));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.place(Given.<PlaceOrder>nothing()));
    }

    @Test
    @Tag("O1")
    void an_order_broken_off_by_the_database_is_placed_once() {
        shop.memory.faults.breakOffEveryTransactionOnce();
        shop.mugsFor(ANN, 2);
        assertThat(shop.orders()).containsOnly(Map.entry(OrderStatus.PENDING, 1L));
        assertThat(shop.level(shop.mug).reserved()).isEqualTo(2);
    }

    @Test
    @Tag("S2")
    void an_order_is_written_before_the_stock_that_others_wait_for() {
        orders.place(PlaceOrder.by(ANN).line(shop.spoon, 1).line(shop.mug, 1));
        List<Journal> journals = shop.memory.journals();
        assertThat(journals.get(journals.size() - 1).writes())
                .containsExactly("order 1", "stock " + shop.mug, "stock " + shop.spoon);
    }
}
