package io.github.embeddedcommerce.error;

import static io.github.embeddedcommerce.error.ErrorCategory.CONFLICT;
import static io.github.embeddedcommerce.error.ErrorCategory.EXHAUSTED;
import static io.github.embeddedcommerce.error.ErrorCategory.FORBIDDEN;
import static io.github.embeddedcommerce.error.ErrorCategory.INVALID;
import static io.github.embeddedcommerce.error.ErrorCategory.NOT_FOUND;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

/** Codes and categories are public for ever: this table may grow, and none of its lines may change. */
@Tag("E1")
class ErrorCodeTest {
    private record Line(String code, ErrorCategory category) {}

    private static final Map<String, Line> CODES = Map.ofEntries(
            entry("PRODUCT_NOT_FOUND", new Line("P001", NOT_FOUND)),
            entry("INSUFFICIENT_STOCK", new Line("P002", EXHAUSTED)),
            entry("INVALID_STOCK_QUANTITY", new Line("P003", INVALID)),
            entry("PRODUCT_OPTION_NOT_FOUND", new Line("P004", NOT_FOUND)),
            entry("INVALID_QUANTITY", new Line("O001", INVALID)),
            entry("ORDER_NOT_FOUND", new Line("O002", NOT_FOUND)),
            entry("ORDER_EXPIRED", new Line("O003", CONFLICT)),
            entry("ALREADY_PAID", new Line("O004", CONFLICT)),
            entry("UNAUTHORIZED_ORDER_ACCESS", new Line("O005", FORBIDDEN)),
            entry("INVALID_ORDER_STATUS", new Line("O006", CONFLICT)),
            entry("RETURN_NOT_FOUND", new Line("O007", NOT_FOUND)),
            entry("INSUFFICIENT_BALANCE", new Line("PAY001", EXHAUSTED)),
            entry("PAYMENT_FAILED", new Line("PAY002", CONFLICT)),
            entry("PAYMENT_NOT_FOUND", new Line("PAY003", NOT_FOUND)),
            entry("PAYMENT_MISMATCH", new Line("PAY004", CONFLICT)),
            entry("PAYMENT_UNDER_WAY", new Line("PAY005", CONFLICT)),
            entry("PAYMENT_EXCEEDS_DUE", new Line("PAY006", CONFLICT)),
            entry("INVALID_PAYMENT_STATE", new Line("PAY007", CONFLICT)),
            entry("REFUND_NOT_FOUND", new Line("PAY008", NOT_FOUND)),
            entry("COUPON_SOLD_OUT", new Line("C001", EXHAUSTED)),
            entry("INVALID_COUPON", new Line("C002", CONFLICT)),
            entry("EXPIRED_COUPON", new Line("C003", CONFLICT)),
            entry("ALREADY_USED", new Line("C004", CONFLICT)),
            entry("ALREADY_ISSUED", new Line("C005", CONFLICT)),
            entry("COUPON_NOT_FOUND", new Line("C006", NOT_FOUND)),
            entry("COUPON_INFO_NOT_FOUND", new Line("C007", NOT_FOUND)),
            entry("USER_NOT_FOUND", new Line("U001", NOT_FOUND)),
            entry("CART_ITEM_NOT_FOUND", new Line("CART001", NOT_FOUND)),
            entry("UNAUTHORIZED_CART_ACCESS", new Line("CART002", FORBIDDEN)),
            entry("VALIDATION_ERROR", new Line("VALIDATION_ERROR", INVALID)));

    @Example
    void the_codes_and_their_categories_are_those_that_were_promised() {
        Map<String, Line> codes = Arrays.stream(ErrorCode.values())
                .collect(Collectors.toMap(ErrorCode::name, code -> new Line(code.code(), code.category())));
        assertThat(codes).isEqualTo(CODES);
    }

    @Example
    void no_two_reasons_share_a_code() {
        assertThat(Arrays.stream(ErrorCode.values()).collect(Collectors.toMap(ErrorCode::code, Function.identity())))
                .hasSameSizeAs(ErrorCode.values());
    }

    @Example
    void what_is_not_found_or_belongs_to_another_user_is_told_by_the_category_alone() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(code.category() == NOT_FOUND).isEqualTo(code.name().endsWith("_NOT_FOUND"));
            assertThat(code.category() == FORBIDDEN).isEqualTo(code.name().startsWith("UNAUTHORIZED_"));
        }
    }
}
