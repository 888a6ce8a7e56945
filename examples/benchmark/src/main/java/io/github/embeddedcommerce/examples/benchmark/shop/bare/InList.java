package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A statement for any number of ids, which stand where it says {@code (?*)}: one text for each number. Thread-safe. */
final class InList {
    private final String statement;
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();

    InList(String statement) {
        this.statement = statement;
    }

    String of(int ids) {
        return texts.computeIfAbsent(ids, n -> statement.replace("(?*)", "(?" + ", ?".repeat(n - 1) + ")"));
    }
}
