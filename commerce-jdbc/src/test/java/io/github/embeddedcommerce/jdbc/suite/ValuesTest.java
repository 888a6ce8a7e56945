package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every database gives back what it was given, to the letter and to the microsecond, and tells apart what differs. */
@Tag("D1")
class ValuesTest extends ShopTest {
    private static final List<String> ALIKE = List.of(
            "ann", "Ann", "ANN", "ánn", "a\u0301nn", "ann ", " ann", "ann\t", "ａｎｎ", "straße", "strasse", "🛒", "🛍");

    @Test
    @Tag("B1")
    void users_are_told_apart_exactly() {
        ALIKE.forEach(id -> shop.users().register(new UserId(id)));
        for (int i = 0; i < ALIKE.size(); i++) {
            shop.users().topUp(TopUp.of(new UserId(ALIKE.get(i)), won(i + 1)));
        }
        for (int i = 0; i < ALIKE.size(); i++) {
            User user = shop.users().get(new UserId(ALIKE.get(i)));
            assertThat(user.id().value()).isEqualTo(ALIKE.get(i));
            assertThat(user.balance()).isEqualTo(won(i + 1));
        }
    }

    @Test
    @Tag("P1")
    void skus_are_told_apart_exactly() {
        NewProduct product = NewProduct.of("Alike", "test", won(1));
        for (String sku : ALIKE) {
            product = product.withOption(sku, 1);
        }
        Product registered = shop.products().register(product);

        assertThat(registered.options().stream().map(ProductOption::sku)).containsExactlyElementsOf(ALIKE);
        ALIKE.forEach(sku -> assertThat(registered.option(sku).sku()).isEqualTo(sku));
    }

    @Test
    @Tag("P1")
    void many_options_get_the_ids_and_attributes_that_are_theirs() {
        NewProduct product = NewProduct.of("Many", "test", won(1));
        for (int i = 0; i < 60; i++) {
            product = product.withOption("MANY-" + i, Map.of("number", "n" + i), i);
        }
        Product registered = shop.products().register(product);

        for (int i = 0; i < 60; i++) {
            ProductOption option = registered.option("MANY-" + i);
            assertThat(option.attributes()).isEqualTo(Map.of("number", "n" + i));
            assertThat(option.available()).isEqualTo(i);
        }
    }

    @Test
    @Tag("P1")
    void the_longest_texts_and_the_largest_amounts_fit() {
        Product product = shop.products()
                .register(NewProduct.of("한".repeat(255), "類".repeat(100), won(Validation.MAX_AMOUNT_MINOR))
                        .describedAs("漢".repeat(10_000))
                        .withOption("s".repeat(64), 1));

        assertThat(shop.products().get(product.id())).isEqualTo(product);
        assertThat(product.details().texts().description()).hasSize(10_000);
        assertThat(product.details().price()).isEqualTo(won(Validation.MAX_AMOUNT_MINOR));
    }

    @Test
    @Tag("O1")
    void a_time_is_the_same_for_a_host_in_another_time_zone() {
        Instant inTheGap = Instant.parse("2026-03-08T02:30:00.123456Z"); // New York's clocks skip it
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            clock.advance(Duration.between(clock.instant(), inTheGap));
            Product mug = product("MUG", 1, 9);
            UserId ann = user("ann", 1);
            CommerceFacade inNewYork = freshlyOpened();
            Order placed = inNewYork
                    .orders()
                    .place(PlaceOrder.by(ann).line(mug.option("MUG").id(), 1));

            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));
            CommerceFacade inSeoul = freshlyOpened();
            Order read = inSeoul.orders().get(ann, placed.id());
            assertThat(read).isEqualTo(placed);
            assertThat(read.placedAt()).isEqualTo(inTheGap);
            assertThat(read.expiresAt()).isEqualTo(inTheGap.plus(Duration.ofMinutes(10)));
            assertThat(inSeoul.jobs().expireOverdueOrders().call().expired()).isZero();
            clock.advance(Duration.ofMinutes(10));
            assertThat(inSeoul.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
            inNewYork.close();
            inSeoul.close();
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private CommerceFacade freshlyOpened() {
        return JdbcCommerce.open(pool.getJdbcUrl())
                .settings(CommerceSettings.defaults())
                .clock(clock)
                .build();
    }
}
