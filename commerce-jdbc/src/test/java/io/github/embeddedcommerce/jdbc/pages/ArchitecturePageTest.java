package io.github.embeddedcommerce.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the architecture names classes that are there, and every use case. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final List<Path> SHOP = List.of(Path.of("src/main/java"), Path.of("../commerce-core/src/main/java"));
    private static final List<Path> TESTS =
            List.of(Path.of("src/test/java"), Path.of("../commerce-core/src/test/java"));
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.(\\w+))?[^`]*`");

    @Test
    void every_class_and_method_it_names_is_there() throws IOException {
        Map<String, String> classes = classes(SHOP);
        classes(TESTS).forEach((name, text) -> classes.merge(name, text, String::concat));
        var missing = NAMED.matcher(Files.readString(PAGE))
                .results()
                .filter(named -> {
                    String text = classes.getOrDefault(named.group(1), "");
                    return text.isEmpty() || (named.group(2) != null && !text.contains(" " + named.group(2) + "("));
                })
                .map(named -> named.group())
                .filter(named -> !named.matches("`(PENDING|PAID|EXPIRED|CANCELLED|CHECK)`"))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void every_use_case_is_on_it() throws IOException {
        String page = Files.readString(PAGE);
        var useCases = new TreeSet<>(classes(SHOP).entrySet().stream()
                .filter(type -> type.getValue().contains("implements UseCase<"))
                .map(Map.Entry::getKey)
                .toList());

        assertThat(useCases)
                .hasSizeGreaterThan(7)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    /** Their texts, by their names. */
    private static Map<String, String> classes(List<Path> roots) throws IOException {
        Map<String, String> classes = new TreeMap<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).collect(Collectors.toList())) {
                    classes.merge(
                            String.valueOf(file.getFileName()).replace(".java", ""),
                            Files.readString(file),
                            String::concat);
                }
            }
        }
        return classes;
    }
}
