package io.github.embeddedcommerce.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

@Tag("J5")
class ViolationTest {
    @Example
    void a_violation_keeps_its_row_and_the_order_of_its_columns() {
        Map<String, String> row = new LinkedHashMap<>();
        List.of("option", "on_hand", "brought", "sold").forEach(column -> row.put(column, "1"));
        Violation violation = new Violation(Invariant.STOCK_ON_HAND_EXPLAINED, row);
        row.clear();
        assertThat(violation.row().keySet()).containsExactly("option", "on_hand", "brought", "sold");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> violation.row().clear());
    }

    @Example
    void every_invariant_says_its_rule_in_words_of_its_own() {
        assertThat(Arrays.stream(Invariant.values()).map(Invariant::rule))
                .allSatisfy(rule -> assertThat(rule).isNotBlank())
                .doesNotHaveDuplicates();
    }
}
