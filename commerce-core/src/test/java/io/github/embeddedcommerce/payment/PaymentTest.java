package io.github.embeddedcommerce.payment;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_PAYMENT_STATE;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.order.OrderId;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

class PaymentTest {
    @Example
    @Tag("M4")
    @Tag("E1")
    void a_payment_that_cannot_be_closed_says_why() {
        Payment settled = payment(PaymentState.SETTLED, 0);
        Payment beingRefunded = payment(PaymentState.UNAPPLIED, 1);

        assertThat(refused(INVALID_PAYMENT_STATE, settled::requireClosable))
                .hasMessageContaining("is SETTLED and cannot be closed");
        assertThat(refused(INVALID_PAYMENT_STATE, beingRefunded::requireClosable))
                .hasMessageContaining("is UNAPPLIED and is being refunded and cannot be closed");
        payment(PaymentState.UNAPPLIED, 0).requireClosable();
    }

    private static Payment payment(PaymentState state, long refunded) {
        PaymentProgress.Times times = new PaymentProgress.Times(NOON, NOON, NOON);
        PaymentProgress progress = new PaymentProgress(state, "pi_1", times, won(0), won(refunded), "");
        return new Payment(new PaymentId(1), new OrderId(1), ANN, "card", won(5), progress);
    }
}
