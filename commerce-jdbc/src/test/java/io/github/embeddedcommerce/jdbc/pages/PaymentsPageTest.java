package io.github.embeddedcommerce.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.payment.PaymentState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The picture and the table of docs/payments.md have the transitions of {@link PaymentState}, all of them and no
 * others.
 */
@Tag("M3")
class PaymentsPageTest {
    private static final Path PAGE = Path.of("../docs/payments.md");

    @Test
    void the_picture_and_the_table_are_the_state_machine() throws IOException {
        Set<String> transitions = Arrays.stream(PaymentState.values())
                .flatMap(from -> from.next().stream().map(to -> from + " " + to))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found("(?m)^  ([A-Z]+) --> ([A-Z]+):")).isEqualTo(transitions);
        assertThat(found("(?m)^\\| ([A-Z]+) \\| ([A-Z]+) \\|")).isEqualTo(transitions);
    }

    private static Set<String> found(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
