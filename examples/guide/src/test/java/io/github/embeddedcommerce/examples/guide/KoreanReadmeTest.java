package io.github.embeddedcommerce.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.guide.Pages.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README in Korean says what the README says: the same code, commands, links, figures, headings and tables. */
class KoreanReadmeTest {
    private static final Path ENGLISH = Pages.ROOT.resolve("README.md");
    private static final Path KOREAN = Pages.ROOT.resolve("README.ko.md");

    @Test
    void the_code_is_the_same() throws IOException {
        assertThat(Pages.blocks(KOREAN))
                .extracting(Block::lines)
                .isEqualTo(Pages.blocks(ENGLISH).stream().map(Block::lines).toList())
                .hasSizeGreaterThan(3);
    }

    @Test
    void the_commands_are_the_same() throws IOException {
        assertThat(all(KOREAN, "^    (\\S.*?)(?: +#.*)?$"))
                .isEqualTo(all(ENGLISH, "^    (\\S.*?)(?: +#.*)?$"))
                .isNotEmpty();
    }

    @Test
    void the_links_are_the_same() throws IOException {
        assertThat(all(KOREAN, "\\]\\(([^)]+)\\)"))
                .containsExactlyInAnyOrderElementsOf(all(ENGLISH, "\\]\\(([^)]+)\\)").stream()
                        .map(link -> link.equals("README.ko.md") ? "README.md" : link)
                        .toList());
    }

    @Test
    void the_names_in_code_are_the_same() throws IOException {
        assertThat(all(KOREAN, "`([^`\n]+)`")).containsExactlyInAnyOrderElementsOf(all(ENGLISH, "`([^`\n]+)`"));
    }

    @Test
    void headings_and_rows_of_tables_are_as_many() throws IOException {
        assertThat(all(KOREAN, "^(#+) ")).isEqualTo(all(ENGLISH, "^(#+) "));
        assertThat(all(KOREAN, "^(\\|) ")).hasSameSizeAs(all(ENGLISH, "^(\\|) "));
        assertThat(all(KOREAN, "^(- )")).hasSameSizeAs(all(ENGLISH, "^(- )"));
    }

    @Test
    void the_figures_are_the_same() throws IOException {
        String figures = "(\\d+(?:[.,]\\d+)*)(?= MB| jars|개 JAR)";
        assertThat(all(KOREAN, figures)).isEqualTo(all(ENGLISH, figures)).isNotEmpty();
    }

    private static List<String> all(Path page, String pattern) throws IOException {
        String prose = Files.readString(page).replaceAll("(?ms)^```.*?^```$", "");
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(prose)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
