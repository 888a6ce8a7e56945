package io.github.embeddedcommerce.examples.storefront.http;

import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The parameters of a query, read as strictly as a {@link Body}; an empty value counts as none. Immutable. */
public final class Query {
    private final Map<String, List<String>> parameters;

    private Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    static Query of(Map<String, List<String>> parameters, String... names) {
        Set<String> known = Set.of(names);
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw Refusals.unknown(name, "parameters", names);
            }
            if (values.size() > 1) {
                throw Refusals.of(name, "must be given once");
            }
        });
        return new Query(parameters);
    }

    /** A text. */
    public Optional<String> text(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    /** A whole number. */
    public OptionalLong wholeNumber(String name) {
        return text(name)
                .map(value -> OptionalLong.of(Parse.wholeNumber(value, name)))
                .orElse(OptionalLong.empty());
    }

    /** An id: a whole number from 1. */
    public OptionalLong id(String name) {
        wholeNumber(name).ifPresent(value -> Parse.positive(value, name));
        return wholeNumber(name);
    }

    /** A whole number within these bounds, both allowed. */
    public int wholeNumber(String name, int usual, int min, int max) {
        long value = wholeNumber(name).orElse(usual);
        if (value < min || value > max) {
            throw Refusals.of(name, "must be from " + min + " to " + max + ", it is " + value);
        }
        return (int) value;
    }

    /** An ISO-8601 time in UTC. */
    public Optional<Instant> time(String name) {
        return text(name).map(value -> Parse.time(value, name));
    }

    /** A day, such as 2026-12-31. */
    public Optional<LocalDate> day(String name) {
        return text(name).map(value -> {
            try {
                return LocalDate.parse(value);
            } catch (DateTimeParseException malformed) {
                throw Refusals.of(name, "must be a day, such as 2026-12-31");
            }
        });
    }

    /** A time zone, such as Asia/Seoul. */
    public Optional<ZoneId> zone(String name) {
        return text(name).map(value -> {
            try {
                return ZoneId.of(value);
            } catch (DateTimeException unknown) {
                throw Refusals.of(name, "must be a time zone, such as Asia/Seoul");
            }
        });
    }

    /** One of these constants, by its name. */
    public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return text(name).map(value -> Parse.constant(type, value, name));
    }

    /** The page that the parameters {@code size} and {@code cursor} ask for. */
    public PageRequest page() {
        int size = wholeNumber("size", PageRequest.DEFAULT_SIZE, 1, PageRequest.MAX_SIZE);
        return PageRequest.first(size).after(text("cursor").map(Cursor::new).orElse(null));
    }
}
