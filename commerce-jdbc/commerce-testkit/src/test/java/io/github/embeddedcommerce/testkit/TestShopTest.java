package io.github.embeddedcommerce.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class TestShopTest {
    private static final CurrencyUnit EUR = CurrencyUnit.of("EUR");

    @Test
    void orders_are_given_in_every_state() {
        try (TestShop shop = TestShop.inMemory()) {
            UserId ann = shop.given().user("ann").withBalance(500).registered();
            OptionId mug = shop.given().product("MUG").priced(300).stocked(10).option();

            assertThat(shop.given().order(ann).of(mug, 1).placed().status()).isEqualTo(OrderStatus.PENDING);
            assertThat(shop.given().order(ann).of(mug, 2).paid().status()).isEqualTo(OrderStatus.PAID);
            assertThat(shop.given().order(ann).of(mug, 1).cancelled().status()).isEqualTo(OrderStatus.CANCELLED);
            assertThat(shop.facade().users().getBalance(ann).getAmountMinorLong())
                    .as("what was missing was topped up")
                    .isZero();
            assertThat(shop.facade().products().findStock(mug).orElseThrow().available())
                    .isEqualTo(7);

            Order expired = shop.given().order(ann).of(mug, 1).expired();

            assertThat(expired.status()).isEqualTo(OrderStatus.EXPIRED);
            assertThat(shop.clock().instant()).isEqualTo(expired.expiresAt());
            assertThat(shop.facade().products().findStock(mug).orElseThrow().available())
                    .as("the order placed first has expired, too")
                    .isEqualTo(8);
            shop.assertConsistent();
        }
    }

    @Test
    void products_and_coupons_are_what_was_said_of_them() {
        try (TestShop shop = TestShop.inMemory(CommerceSettings.defaults().withCurrency(EUR))) {
            UserId ben = shop.given().user("ben").registered();
            Product tea = shop.given()
                    .product("TEA")
                    .named("Green tea")
                    .in("kitchen")
                    .priced(450)
                    .stocked(3)
                    .registered();

            assertThat(tea.name()).isEqualTo("Green tea");
            assertThat(tea.details().category()).isEqualTo("kitchen");
            assertThat(tea.price()).isEqualTo(Money.ofMinor(EUR, 450));
            assertThat(tea.option("TEA").available()).isEqualTo(3);
            assertThat(shop.given()
                            .coupon("One")
                            .amount(100)
                            .limitedTo(1)
                            .created()
                            .remaining())
                    .hasValue(1);
            assertThat(shop.given().coupon("Half").percent(50).issuedTo(ben)).isNotNull();
            assertThat(shop.given()
                            .coupon("Today")
                            .validFor(Duration.ofHours(1))
                            .created()
                            .terms()
                            .validity()
                            .expiresAt())
                    .isEqualTo(TestShop.START.plusSeconds(3_600));
        }
    }

    @Test
    void no_shop_in_memory_sees_another() {
        try (TestShop one = TestShop.inMemory();
                TestShop other = TestShop.inMemory()) {
            one.given().product("MUG").option();

            assertThat(other.facade().products().findBySku("MUG")).isEmpty();
        }
    }

    @Test
    void a_shop_on_the_database_of_the_host_keeps_what_it_wrote() throws SQLException {
        try (MemoryDatabase database = new MemoryDatabase()) {
            try (TestShop shop = TestShop.on(database, CommerceSettings.defaults())) {
                shop.given().product("MUG").option();
            }
            try (TestShop again = TestShop.on(database, CommerceSettings.defaults())) {
                assertThat(again.facade().products().findBySku("MUG")).isPresent();
                assertThat(Given.in(again.facade(), CurrencyUnit.of("KRW"), again.clock())
                                .product("CUP")
                                .option())
                        .isNotNull();
            }
        }
    }

    @Test
    void what_is_closed_is_gone() throws SQLException {
        MemoryDatabase database = new MemoryDatabase();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table notes (note varchar(10))");
        }
        database.close();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table notes (note varchar(10))");
        }
        database.close();
    }

    @Test
    void damage_is_named_by_the_assertion() throws SQLException {
        try (TestShop shop = TestShop.inMemory()) {
            shop.given().user("ann").withBalance(500).registered();
            shop.assertConsistent();
            try (Connection connection = shop.database().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("update commerce.users set balance = 501 where id = 'ann'");
            }

            assertThatThrownBy(shop::assertConsistent)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("the books of the shop are not in order:")
                    .hasMessageContaining("ann");
        }
    }

    @Test
    void a_clock_is_set_in_every_zone_at_once() {
        SettableClock clock = new SettableClock(Instant.EPOCH);
        ZoneId seoul = ZoneId.of("Asia/Seoul");
        var there = clock.withZone(seoul);

        clock.advance(Duration.ofMinutes(10));
        assertThat(there.instant()).isEqualTo(Instant.ofEpochSecond(600));
        clock.set(Instant.EPOCH);
        assertThat(there.instant()).isEqualTo(Instant.EPOCH);
        assertThat(there.getZone()).isEqualTo(seoul);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }
}
