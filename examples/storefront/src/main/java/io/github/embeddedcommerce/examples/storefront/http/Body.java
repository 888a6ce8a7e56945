package io.github.embeddedcommerce.examples.storefront.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A JSON object of a request, read strictly: a field that it may not have, one that is missing and one of the wrong
 * type are refused (VALIDATION_ERROR) with the path of the field. A field that may be missing may be null. Immutable.
 */
public final class Body {
    private final JsonNode object;
    private final String path;

    private Body(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The object in this text, which has no other fields than these; an empty text is an object without fields. */
    static Body of(byte[] text, String... fields) {
        JsonNode value = text.length == 0 ? Json.read(new byte[] {'{', '}'}) : Json.read(text);
        return of(value, "", fields);
    }

    private static Body of(JsonNode value, String path, String... fields) {
        if (!value.isObject()) {
            throw Refusals.of(path.isEmpty() ? "body" : path.substring(0, path.length() - 1), "must be a JSON object");
        }
        Set<String> known = Set.of(fields);
        value.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refusals.unknown(path + name, "fields", fields);
            }
        });
        return new Body(value, path);
    }

    /** An id: a whole number from 1. */
    public long id(String name) {
        return Parse.positive(wholeNumber(name), path + name);
    }

    /** The same, or empty. */
    public OptionalLong optionalId(String name) {
        return has(name) ? OptionalLong.of(id(name)) : OptionalLong.empty();
    }

    /** A whole number that fits a long; its range is for the shop to check. */
    public long wholeNumber(String name) {
        JsonNode value = present(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw Refusals.of(path + name, "must be a whole number of at most 18 digits");
        }
        return value.longValue();
    }

    /** The same, or empty. */
    public OptionalLong optionalWholeNumber(String name) {
        return has(name) ? OptionalLong.of(wholeNumber(name)) : OptionalLong.empty();
    }

    /** A whole number that fits an int; its range is for the shop to check. */
    public int smallNumber(String name) {
        long value = wholeNumber(name);
        if (value != (int) value) {
            throw Refusals.of(path + name, "must be a whole number of at most 9 digits, it is " + value);
        }
        return (int) value;
    }

    /** One of these constants, by its name. */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Parse.constant(type, text(name), path + name);
    }

    /** A number, or empty. */
    public Optional<BigDecimal> optionalNumber(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = present(name);
        if (!value.isNumber()) {
            throw Refusals.of(path + name, "must be a number");
        }
        return Optional.of(value.decimalValue());
    }

    /** A text; its length is for the shop to check. */
    public String text(String name) {
        JsonNode value = present(name);
        if (!value.isTextual()) {
            throw Refusals.of(path + name, "must be a text");
        }
        return value.textValue();
    }

    /** The same, or empty. */
    public Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** True or false, or empty. */
    public Optional<Boolean> optionalFlag(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = present(name);
        if (!value.isBoolean()) {
            throw Refusals.of(path + name, "must be true or false");
        }
        return Optional.of(value.booleanValue());
    }

    /** A time, or empty. */
    public Optional<Instant> optionalTime(String name) {
        return has(name) ? Optional.of(time(name)) : Optional.empty();
    }

    /** An ISO-8601 time in UTC. */
    public Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException malformed) {
            throw Refusals.of(path + name, "must be an ISO-8601 time in UTC, such as 2026-12-31T15:00:00Z");
        }
    }

    /** A list of objects that have no other fields than these. */
    public List<Body> objects(String name, String... fields) {
        JsonNode value = present(name);
        if (!value.isArray()) {
            throw Refusals.of(path + name, "must be a list");
        }
        List<Body> entries = new ArrayList<>();
        for (JsonNode entry : value) {
            entries.add(of(entry, path + name + "[" + entries.size() + "].", fields));
        }
        return entries;
    }

    private boolean has(String name) {
        return object.hasNonNull(name);
    }

    private JsonNode present(String name) {
        if (!has(name)) {
            throw Refusals.of(path + name, "is missing");
        }
        return object.get(name);
    }
}
