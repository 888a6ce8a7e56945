package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Invariant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final Ran DEMO = Ran.console("demo").well();

    @Test
    void it_tells_a_purchase_a_refusal_a_cancellation_and_an_expiry() {
        assertThat(DEMO.out())
                .containsSubsequence(
                        "PENDING",
                        "PAID",
                        "REFUSED",
                        "1 available, 2 were asked for",
                        "CANCELLED",
                        "REFUSED",
                        "EXPIRED");
    }

    @Test
    void it_shows_the_ledger() {
        assertThat(DEMO.out()).containsPattern("ann +2 +PAYMENT +KRW 100,000 +KRW -72,000 +KRW 28,000 +1");
    }

    @Test
    void it_ends_with_a_clean_audit() {
        for (Invariant invariant : Invariant.values()) {
            assertThat(DEMO.out()).containsPattern(Pattern.quote(invariant.rule()) + " +holds");
        }
    }

    @Test
    void it_fits_an_ordinary_terminal() {
        assertThat(DEMO.out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(110))
                .hasSizeLessThan(70);
        assertThat(DEMO.out()).isASCII().doesNotContain("\u001B");
    }

    @Test
    void it_can_be_told_again() {
        assertThat(Ran.console("demo").well().out()).isEqualTo(DEMO.out());
    }
}
