package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import java.util.Map;
import java.util.function.LongFunction;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

/** What is the same for every number that the shop gives. */
@Tag("E2")
class IdsTest {
    @Example
    void ids_are_numbers_from_1_that_are_ordered_compared_and_written_as_such() {
        assertNumbers("cartItemId", CartItemId::new);
        assertNumbers("couponId", CouponId::new);
        assertNumbers("userCouponId", UserCouponId::new);
        assertNumbers("orderId", OrderId::new);
        assertNumbers("returnId", ReturnId::new);
        assertNumbers("paymentId", PaymentId::new);
        assertNumbers("refundId", RefundId::new);
        assertNumbers("optionId", OptionId::new);
        assertNumbers("productId", ProductId::new);
    }

    private static <T extends Comparable<T>> void assertNumbers(String field, LongFunction<T> id) {
        for (long none : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThat(malformed(() -> id.apply(none)).values())
                    .containsOnly(
                            Map.entry("field", field),
                            Map.entry("value", none),
                            Map.entry("min", 1L),
                            Map.entry("max", Long.MAX_VALUE));
        }
        long[] inOrder = {1, 2, 9, 10, Integer.MAX_VALUE + 1L, Long.MAX_VALUE};
        for (long one : inOrder) {
            for (long other : inOrder) {
                assertThat(id.apply(one).compareTo(id.apply(other))).isEqualTo(Long.compare(one, other));
                assertThat(id.apply(one).equals(id.apply(other))).isEqualTo(one == other);
            }
            assertThat(id.apply(one)).hasToString(Long.toString(one));
        }
    }
}
