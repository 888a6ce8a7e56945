package io.github.embeddedcommerce.payment;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.order.OrderId;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

class BeginPaymentTest {
    @Example
    @Tag("M1")
    @Tag("E2")
    void the_balance_is_no_way_to_pay_from_outside() {
        OrderId order = new OrderId(1);
        assertThat(malformed(() -> BeginPayment.by(ANN, order, "BALANCE")).field())
                .contains("method");
        assertThat(BeginPayment.by(ANN, order, "balance").method()).isEqualTo("balance");
    }
}
