package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
    @Test
    void without_arguments_it_says_what_it_can_do() {
        assertThat(Ran.console().well().out()).contains("Usage: console", "demo", "replay", "import", "export");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "-h", "help", "demo --help", "replay -h", "help replay", "import -h", "help export"})
    void help_is_where_people_look_for_it(String typed) {
        assertThat(Ran.console(typed.split(" ")).well().out()).startsWith("Usage: console");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "demo -V", "replay --version"})
    void the_version_is_where_people_look_for_it(String typed) {
        assertThat(Ran.console(typed.split(" ")).well().out()).startsWith("Embedded Commerce console ");
    }

    @Test
    void the_help_of_replay_says_what_a_file_looks_like() {
        assertThat(Ran.console("replay", "--help").well().out())
                .contains("UTF-8", "Empty lines are skipped", "Exit status");
    }

    @Test
    void the_help_of_import_says_what_a_file_looks_like() {
        assertThat(Ran.console("import", "--help").well().out().replaceAll("\\s+", " "))
                .contains(
                        "UTF-8", String.join(",", ProductRows.HEADER), "color=blue;size=L", "--dry-run", "Exit status");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "buy               | 'buy'",
                "demo now          | 'now'",
                "replay --thread 2 | --thread",
                "replay a.csv b.csv| b.csv",
                "replay --threads  | --threads",
                "replay --threads x| 'x' is not an int",
                "replay --threads 0| --threads must be from 1 to 1,000, it is 0",
                "replay --threads -1   | it is -1",
                "replay --threads 1001 | it is 1,001",
                "replay --threads 99999999999 | --threads",
                "replay --users 0  | --users must be from 1",
                "replay --users 1.5| '1.5' is not an int",
                "replay --users 10001 | to 10,000",
                "replay --stock -1 | --stock must be from 0",
                "replay --stock many  | 'many' is not a long",
                "replay --stock 1000000000001 | it is 1,000,000,000,001",
                "replay none.csv   | there is no file none.csv",
                "import           | Missing required",
                "import a.csv     | Missing required option: '--url=URL'",
                "import none.csv --url jdbc:h2:mem:x | there is no file none.csv",
                "import a.csv b.csv --url x | b.csv",
                "export           | Missing required",
                "export out       | Missing required option: '--url=URL'",
                "export none.csv --url jdbc:h2:mem:x | name the file one of products.csv",
                "replay --url nonsense| nonsense",
                "replay --url jdbc:h2:mem: | must name the database",
                "replay --url jdbc:h2:file:/dev/null/shop | jdbc:h2:file:/dev/null/shop",
                "replay --url jdbc:postgresql://localhost:1/none | localhost:1"
            })
    void what_cannot_be_done_is_refused_in_one_line(String typed, String reason) {
        Ran.console(typed.strip().split(" +")).refused(reason);
    }

    @Test
    void a_mistyped_option_is_answered_with_the_right_one() {
        Ran.console("replay", "--thread", "2").refused("did you mean --threads?", "console replay --help");
    }

    @Test
    void a_file_that_is_no_basket_file_is_refused_in_one_line(@TempDir Path directory) throws IOException {
        Ran.console("replay", directory.toString()).refused("is a directory");
        Path file = directory.resolve("bad.csv");
        Files.writeString(file, "");
        Ran.console("replay", file.toString()).refused("bad.csv has no baskets");
        Files.writeString(file, "milk\nmilk,,bread\n");
        Ran.console("replay", file.toString()).refused("bad.csv, line 2: item 2 has no name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost:1/none?user=ann&password=secret",
                "jdbc:h2:relative;PASSWORD=secret",
                "jdbc:mariadb://ann:secret@localhost:1/none"
            })
    void a_password_in_a_url_is_not_shown(String url) {
        Ran refused = Ran.console("replay", "--url", url);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out() + refused.err()).doesNotContain("secret");
    }
}
