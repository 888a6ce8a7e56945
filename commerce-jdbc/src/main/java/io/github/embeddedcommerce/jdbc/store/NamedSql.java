package io.github.embeddedcommerce.jdbc.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A statement whose values stand where their names do, each as often as it is needed: {@code :name}. It is read once,
 * when it is made. Immutable.
 */
final class NamedSql {
    private static final Pattern NAME = Pattern.compile(":(\\w+)");

    private final String text;
    private final List<String> names;

    NamedSql(String sql) {
        this.text = NAME.matcher(sql).replaceAll("?");
        this.names = NAME.matcher(sql)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
    }

    /** The statement with a {@code ?} for each value, as {@link SqlSession} takes it. */
    String text() {
        return text;
    }

    /** The values in the order of the statement; those that it does not name are left out. */
    Object[] parameters(Map<String, ?> values) {
        return names.stream()
                .map(name -> Objects.requireNonNull(values.get(name), name))
                .toArray();
    }
}
