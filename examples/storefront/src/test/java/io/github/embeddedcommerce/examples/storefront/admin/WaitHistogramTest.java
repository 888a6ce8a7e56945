package io.github.embeddedcommerce.examples.storefront.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T8")
class WaitHistogramTest {
    @Test
    void percentiles_are_told_within_13_percent_from_above() {
        for (long scale : List.of(1L, 10L, 1_000L, 123_456L)) {
            WaitHistogram waits = new WaitHistogram();
            for (int i = 1; i <= 1_000; i++) {
                waits.add(Duration.ofNanos(i * scale * 1_000));
            }
            for (int perMille : List.of(1, 500, 990, 1_000)) {
                long exact = perMille * scale;
                assertThat(waits.percentile(perMille))
                        .isGreaterThanOrEqualTo(exact)
                        .isCloseTo(exact, within(exact * 13 / 100 + 1));
            }
        }
    }

    @Test
    void no_wait_is_no_time_and_the_longest_fits() {
        WaitHistogram waits = new WaitHistogram();
        assertThat(waits.percentile(990)).isZero();
        waits.add(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(waits.percentile(500)).isGreaterThanOrEqualTo(Long.MAX_VALUE / 1_000);
        assertThat(waits.total()).isOne();
    }
}
