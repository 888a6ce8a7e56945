package io.github.embeddedcommerce.error;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

/** A code is public for ever: this table may grow, and none of its lines may change. */
@Tag("E1")
class ErrorCodeTest {
    private static final Map<String, String> CODES = Map.ofEntries(
            entry("PRODUCT_NOT_FOUND", "P001"),
            entry("INSUFFICIENT_STOCK", "P002"),
            entry("INVALID_STOCK_QUANTITY", "P003"),
            entry("PRODUCT_OPTION_NOT_FOUND", "P004"),
            entry("INVALID_QUANTITY", "O001"),
            entry("ORDER_NOT_FOUND", "O002"),
            entry("ORDER_EXPIRED", "O003"),
            entry("ALREADY_PAID", "O004"),
            entry("UNAUTHORIZED_ORDER_ACCESS", "O005"),
            entry("INVALID_ORDER_STATUS", "O006"),
            entry("INSUFFICIENT_BALANCE", "PAY001"),
            entry("PAYMENT_FAILED", "PAY002"),
            entry("COUPON_SOLD_OUT", "C001"),
            entry("INVALID_COUPON", "C002"),
            entry("EXPIRED_COUPON", "C003"),
            entry("ALREADY_USED", "C004"),
            entry("ALREADY_ISSUED", "C005"),
            entry("COUPON_NOT_FOUND", "C006"),
            entry("COUPON_INFO_NOT_FOUND", "C007"),
            entry("USER_NOT_FOUND", "U001"),
            entry("CART_ITEM_NOT_FOUND", "CART001"),
            entry("UNAUTHORIZED_CART_ACCESS", "CART002"),
            entry("VALIDATION_ERROR", "VALIDATION_ERROR"));

    @Example
    void the_codes_are_those_that_were_promised() {
        Map<String, String> codes =
                Arrays.stream(ErrorCode.values()).collect(Collectors.toMap(ErrorCode::name, ErrorCode::code));
        assertThat(codes).isEqualTo(CODES);
    }

    @Example
    void no_two_reasons_share_a_code() {
        assertThat(Arrays.stream(ErrorCode.values()).collect(Collectors.toMap(ErrorCode::code, Function.identity())))
                .hasSameSizeAs(ErrorCode.values());
    }
}
