package io.github.embeddedcommerce.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.error.ErrorCategory;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.pages.ErrorsPage.Line;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/errors.md lists every code as it is; that its values are the true ones is proved by BadInputTest. */
@Tag("E1")
class ErrorsPageTest {
    private static final Map<ErrorCategory, String> STATUSES = new EnumMap<>(Map.of(
            ErrorCategory.NOT_FOUND, "404",
            ErrorCategory.FORBIDDEN, "403",
            ErrorCategory.CONFLICT, "409",
            ErrorCategory.INVALID, "400",
            ErrorCategory.EXHAUSTED, "409"));

    @Test
    void the_page_lists_every_code_once_with_its_category_and_status() throws IOException {
        assertThat(ErrorsPage.read().lines())
                .extracting(Line::name, Line::code, Line::category, Line::status)
                .containsExactly(Stream.of(ErrorCode.values())
                        .map(code -> Tuple.tuple(
                                code.name(), code.code(), code.category().name(), STATUSES.get(code.category())))
                        .toArray(Tuple[]::new));
    }

    @Test
    void the_page_says_of_every_code_what_to_do() throws IOException {
        assertThat(ErrorsPage.read().lines())
                .allSatisfy(line -> assertThat(line.remedy()).endsWith(".").hasSizeGreaterThan(10));
    }

    @Test
    void the_page_lists_every_outcome_of_trouble() throws IOException {
        assertThat(ErrorsPage.read().outcomes())
                .containsExactly(Stream.of(Outcome.values()).map(Enum::name).toArray(String[]::new));
    }
}
