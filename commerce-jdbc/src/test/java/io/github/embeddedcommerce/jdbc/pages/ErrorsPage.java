package io.github.embeddedcommerce.jdbc.pages;

import io.github.embeddedcommerce.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of docs/errors.md.
 *
 * @param lines the lines of the table of codes, in their order
 * @param outcomes the names in the table of outcomes, in their order
 */
public record ErrorsPage(List<Line> lines, List<String> outcomes) {
    private static final Path PAGE = Path.of("../docs/errors.md");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    /** What the page says of one code. */
    public record Line(String name, String code, String category, String status, Set<String> values, String remedy) {}

    /** The page as it is in the repository. */
    public static ErrorsPage read() throws IOException {
        List<String[]> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" *\\| *"))
                .toList();
        return new ErrorsPage(
                rows.stream()
                        .filter(row -> row.length == 7)
                        .map(row -> new Line(
                                name(row[1]),
                                name(row[2]),
                                row[3],
                                row[4],
                                names(row[5]).collect(Collectors.toUnmodifiableSet()),
                                row[6]))
                        .toList(),
                rows.stream()
                        .filter(row -> row.length == 5)
                        .map(row -> name(row[1]))
                        .toList());
    }

    /** The names of the values that a refusal with this code can have. */
    public Set<String> values(ErrorCode code) {
        return lines.stream()
                .filter(line -> line.name().equals(code.name()))
                .findFirst()
                .orElseThrow()
                .values();
    }

    private static String name(String cell) {
        return names(cell).findFirst().orElseThrow();
    }

    private static Stream<String> names(String cell) {
        return NAME.matcher(cell).results().map((MatchResult match) -> match.group(1));
    }
}
