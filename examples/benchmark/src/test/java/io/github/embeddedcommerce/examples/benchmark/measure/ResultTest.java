package io.github.embeddedcommerce.examples.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.benchmark.database.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void the_median_is_the_one_in_the_middle() {
        assertThat(Spread.of(DoubleStream.of(7, 1, 3))).isEqualTo(new Spread(1, 3, 7));
    }

    @Test
    void of_an_even_number_the_median_is_the_mean_of_the_two_in_the_middle() {
        assertThat(Spread.of(DoubleStream.of(8, 1, 3, 5))).isEqualTo(new Spread(1, 4, 8));
    }

    @Test
    void each_round_is_compared_with_itself() {
        Result result = new Result(
                Server.H2,
                Duration.ZERO,
                "work",
                1,
                Map.of(Contender.BARE, rates(10, 100, 20), Contender.LIBRARY, rates(20, 300, 80)),
                Map.of());
        assertThat(result.ratios(Contender.LIBRARY, Contender.BARE)).isEqualTo(new Spread(2, 3, 4));
        assertThat(result.rates(Contender.LIBRARY).median()).isEqualTo(80);
    }

    private static List<Sample> rates(long... operations) {
        return java.util.Arrays.stream(operations)
                .mapToObj(number -> Sample.of(number, 1_000_000_000))
                .toList();
    }
}
