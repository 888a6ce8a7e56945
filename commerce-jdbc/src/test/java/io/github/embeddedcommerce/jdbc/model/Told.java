package io.github.embeddedcommerce.jdbc.model;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How answers are worded, by the real shop and by the reference alike: facts with bars between them. */
final class Told {
    private Told() {}

    static String of(@Nullable Object... facts) {
        return Stream.of(facts).map(String::valueOf).collect(joining("|"));
    }

    /** What a list comes to, read page by page: every page but the last is full. */
    static String pages(List<String> all, int size) {
        List<String> pages = new ArrayList<>();
        for (int from = 0; from == 0 || from < all.size(); from += size) {
            pages.add(all.subList(from, Math.min(from + size, all.size())).toString());
        }
        return String.join("\n", pages);
    }
}
