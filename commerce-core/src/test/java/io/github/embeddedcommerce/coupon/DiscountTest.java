package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.Tag;
import org.joda.money.Money;

class DiscountTest {
    @Example
    @Tag("O2")
    void no_discount_is_nothing_in_the_currency_of_the_total() {
        assertThat(Discount.none(won(500))).isEqualTo(new Discount(won(0), null));
        assertThat(Discount.none(Money.of(USD, 5))).isEqualTo(new Discount(Money.zero(USD), null));
    }
}
