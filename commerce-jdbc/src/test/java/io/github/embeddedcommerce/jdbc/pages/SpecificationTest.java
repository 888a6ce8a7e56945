package io.github.embeddedcommerce.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every rule of docs/specification.md has a test, and the table there says which: the classes whose tests are tagged
 * with the rule's id.
 */
class SpecificationTest {
    private static final Path PAGE = Path.of("../docs/specification.md");
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java"),
            Path.of("../commerce-core/src/test/java"),
            Path.of("../commerce-core/commerce-micrometer/src/test/java"));

    private static final Pattern RULE =
            Pattern.compile("^\\| ([A-Z][0-9]+) \\| (.*) \\| ([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z][0-9]+)\"\\)");

    @Test
    void every_rule_has_a_test_and_the_page_names_it() throws IOException {
        Map<String, SortedSet<String>> tests = testsByTag();
        List<String> unproved = new ArrayList<>();
        Matcher rule = RULE.matcher(Files.readString(PAGE));
        String expected = rule.replaceAll(row -> {
            SortedSet<String> proofs = tests.getOrDefault(row.group(1), new TreeSet<>());
            if (proofs.isEmpty()) {
                unproved.add(row.group(1));
            }
            return Matcher.quoteReplacement(
                    "| " + row.group(1) + " | " + row.group(2) + " | " + String.join(", ", proofs) + " |");
        });

        assertThat(unproved).as("rules without a test").isEmpty();
        Files.writeString(Path.of("target/specification.md"), expected);
        assertThat(Files.readString(PAGE))
                .as("the page is out of date: copy target/specification.md of this module over it")
                .isEqualTo(expected);
    }

    @Test
    void no_test_is_tagged_with_a_rule_that_is_not_there() throws IOException {
        List<String> ids = new ArrayList<>();
        Matcher rule = RULE.matcher(Files.readString(PAGE));
        while (rule.find()) {
            ids.add(rule.group(1));
        }

        assertThat(ids).doesNotHaveDuplicates().containsAll(testsByTag().keySet());
    }

    private static Map<String, SortedSet<String>> testsByTag() throws IOException {
        Map<String, SortedSet<String>> tests = new TreeMap<>();
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = String.valueOf(file.getFileName()).replace(".java", "");
                    Matcher tag = TAG.matcher(Files.readString(file));
                    while (tag.find()) {
                        tests.computeIfAbsent(tag.group(1), id -> new TreeSet<>())
                                .add(name);
                    }
                }
            }
        }
        return tests;
    }
}
