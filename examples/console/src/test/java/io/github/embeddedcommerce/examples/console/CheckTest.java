package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.job.Audit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckTest {
    private static final List<Invariant> ALL = List.of(Invariant.values());

    private final StringWriter written = new StringWriter();

    @Test
    void a_clean_audit_holds_line_by_line() {
        assertThat(show(new Audit.Report(ALL, List.of(), Checkpoint.NONE))).isTrue();
        assertThat(written.toString()).doesNotContain("BROKEN");
        assertThat(written.toString().lines().filter(line -> line.endsWith("holds")))
                .hasSize(ALL.size());
    }

    @Test
    void a_violation_is_shown_with_its_row() {
        Violation violation = new Violation(Invariant.STOCK_WITHIN_BOUNDS, Map.of("option_id", "7"));
        assertThat(show(new Audit.Report(ALL, List.of(violation), Checkpoint.NONE)))
                .isFalse();
        assertThat(written.toString())
                .contains("BROKEN: 0 <= reserved <= on hand, and the option exists: {option_id=7}");
    }

    @Test
    void of_many_violations_the_first_five_are_shown() {
        Violation violation = new Violation(Invariant.STOCK_WITHIN_BOUNDS, Map.of("option_id", "7"));
        assertThat(show(new Audit.Report(ALL, Collections.nCopies(100, violation), Checkpoint.NONE)))
                .isFalse();
        assertThat(written.toString().lines().filter(line -> line.contains("option_id")))
                .hasSize(5);
        assertThat(written.toString()).contains("95 more");
    }

    @Test
    void what_was_not_checked_does_not_hold() {
        assertThat(show(new Audit.Report(List.of(Invariant.ORDER_ADDS_UP), List.of(), Checkpoint.NONE)))
                .isFalse();
        assertThat(written.toString()).contains("was not checked");
    }

    private boolean show(Audit.Report report) {
        return Check.show(Check.of(report), new Screen(new PrintWriter(written), false, false));
    }
}
