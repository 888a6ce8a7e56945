package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimingsTest {
    @Test
    void of_a_hundred_calls_the_percentile_is_the_call_of_that_rank() {
        Timings timings = new Timings(LongStream.rangeClosed(1, 100).map(rank -> 101 - rank));
        for (int percent = 1; percent <= 100; percent++) {
            assertThat(timings.percentile(percent)).isEqualTo(percent);
        }
    }

    @Test
    void between_two_ranks_the_longer_call_counts() {
        Timings timings = new Timings(LongStream.of(30, 10, 20));
        assertThat(timings.percentile(33)).isEqualTo(10);
        assertThat(timings.percentile(34)).isEqualTo(20);
        assertThat(timings.percentile(50)).isEqualTo(20);
        assertThat(timings.percentile(99)).isEqualTo(30);
    }

    @Test
    void one_call_is_every_percentile() {
        assertThat(new Timings(LongStream.of(7)).percentile(1)).isEqualTo(7);
        assertThat(new Timings(LongStream.of(7)).percentile(99)).isEqualTo(7);
    }

    @Test
    void no_call_takes_no_time() {
        Timings none = new Timings(LongStream.empty());
        assertThat(none.calls()).isZero();
        assertThat(none.percentile(99)).isZero();
    }

    @Test
    void a_percentile_is_from_1_to_100() {
        Timings timings = new Timings(LongStream.of(1));
        assertThatIllegalArgumentException().isThrownBy(() -> timings.percentile(0));
        assertThatIllegalArgumentException().isThrownBy(() -> timings.percentile(101));
    }
}
