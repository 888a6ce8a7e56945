package io.github.embeddedcommerce.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on hosts has a test for each combination, and each test of a host in Spring or on Jakarta is on it. */
class HostsPageTest {
    private static final Path PAGE = Path.of("../docs/hosts.md");
    private static final Path TESTS = Path.of("src/test/java/io/github/embeddedcommerce/jdbc");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+Test)(?:\\.(\\w+))?`");
    private static final Pattern TEST = Pattern.compile("\\n    void (\\w+)\\(");

    @Test
    void every_combination_names_a_test_that_is_there() throws IOException {
        List<String> missing = new ArrayList<>();
        boolean proving = false;
        for (String line : Files.readAllLines(PAGE)) {
            boolean header = line.contains("| proved by |");
            proving = header || (proving && line.startsWith("| "));
            if (!proving || header || line.startsWith("| ---")) {
                continue;
            }
            Matcher named = NAMED.matcher(line);
            boolean proved = false;
            while (named.find()) {
                proved = true;
                String method = named.group(2) == null ? "class " + named.group(1) : "void " + named.group(2) + "(";
                if (!source(named.group(1)).contains(method)) {
                    missing.add(named.group());
                }
            }
            if (!proved) {
                missing.add("a test for: " + line);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_test_of_a_host_in_spring_or_on_jakarta_is_on_the_page() throws IOException {
        String page = Files.readString(PAGE);
        for (String subject : List.of("SpringTransactionsTest", "OwnTransactionsInSpringTest", "JtaTransactionsTest")) {
            Matcher test = TEST.matcher(source(subject));
            while (test.find()) {
                if (!List.of("a_mug_and_a_user", "close").contains(test.group(1))) {
                    assertThat(page).contains("`" + subject + "." + test.group(1) + "`");
                }
            }
        }
    }

    private static String source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file = files.filter(path -> path.endsWith(name + ".java"))
                    .findFirst()
                    .orElse(null);
            return file == null ? "" : Files.readString(file);
        }
    }
}
