package io.github.embeddedcommerce.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees names tests that are there, and for every promise at least one. */
class GuaranteesTest {
    private static final Path PAGE = Path.of("../docs/guarantees.md");
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java"),
            Path.of("../commerce-core/src/test/java"),
            Path.of("../commerce-core/commerce-micrometer/src/test/java"));
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+Test)(?:\\.(\\w+))?`");

    @Test
    void every_promise_names_a_test_and_every_test_it_names_is_there() throws IOException {
        Map<String, String> tests = tests();
        List<String> promises = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise") && !line.startsWith("| ---"))
                .toList();
        List<String> missing = new ArrayList<>();
        for (String promise : promises) {
            Matcher named = NAMED.matcher(promise);
            boolean proved = false;
            while (named.find()) {
                proved = true;
                String method = named.group(2) == null ? "class " + named.group(1) : "void " + named.group(2) + "(";
                if (!tests.getOrDefault(named.group(1), "").contains(method)) {
                    missing.add(named.group());
                }
            }
            if (!proved) {
                missing.add("a test for: " + promise);
            }
        }

        assertThat(missing).isEmpty();
        assertThat(promises).hasSizeGreaterThan(30);
    }

    /** Their texts, by the names of their classes. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = String.valueOf(file.getFileName()).replace(".java", "");
                    tests.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return tests;
    }
}
