package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter written = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void a_pipe_gets_a_whole_line_every_three_seconds_at_most() {
        ProgressLine progress = progress(false);
        for (int second = 1; second <= 7; second++) {
            nanos.addAndGet(1_000_000_000L);
            progress.show(second * 1_000, 10_000);
        }
        progress.end();
        assertThat(written.toString().lines())
                .containsExactly("   ... 3,000 of 10,000 baskets, 1,000/s", "   ... 6,000 of 10,000 baskets, 1,000/s");
    }

    @Test
    void a_terminal_gets_a_bar_that_is_gone_in_the_end() {
        ProgressLine progress = progress(true);
        nanos.addAndGet(1_000_000_000L);
        progress.show(50, 100);
        assertThat(written.toString()).endsWith("\r[===============               ]  50%  50 of 100 baskets, 50/s");
        progress.end();
        assertThat(written.toString()).endsWith(" \r").doesNotContain("\n");
    }

    private ProgressLine progress(boolean terminal) {
        return new ProgressLine(new Screen(new PrintWriter(written), terminal, false), "baskets", nanos::get);
    }
}
