package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void texts_stand_to_the_left_and_figures_to_the_right() {
        Table table = new Table().texts("item").figures("sold").texts("note");
        table.row("milk", "12,000", "").row("rye bread", "7", "soft");
        assertThat(table.lines())
                .containsExactly(
                        "item         sold  note", //
                        "---------  ------  ----",
                        "milk       12,000",
                        "rye bread       7  soft");
    }

    @Test
    void letters_of_east_asia_take_two_places() {
        Table table = new Table().texts("item").figures("sold");
        table.row("\uAE40\uCE58", "1").row("milk", "2");
        assertThat(table.lines()).endsWith("\uAE40\uCE58     1", "milk     2");
    }

    @Test
    void a_row_has_a_cell_for_each_column() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table().texts("item").row("milk", "1"));
    }
}
