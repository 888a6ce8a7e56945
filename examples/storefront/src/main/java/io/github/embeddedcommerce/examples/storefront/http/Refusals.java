package io.github.embeddedcommerce.examples.storefront.http;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refusals of malformed input, in the names of the API. */
public final class Refusals {
    /** The library names fields as its Java API does; callers know them by these names. The first that fits counts. */
    private static final List<Map.Entry<Pattern, String>> NAMES = List.of(
            name("^terms\\.validity\\.from$", "validFrom"),
            name("^(terms\\.discount\\.)?percent$", "discountRate"),
            name("^(terms\\.discount\\.)?fixed$", "discountAmount"),
            name("^(terms\\.discount\\.)?maximum$", "maximumDiscount"),
            name("^total$", "totalQuantity"),
            name("^(details\\.texts|details|texts|terms\\.validity|terms)\\.", ""),
            name("^lines\\b", "items"),
            name("\\bstartingStock$", "stock"),
            name("\\battributes\\[(\\w+)]$", "$1"),
            name("^optionId$", "productOptionId"),
            name("^(key|idempotencyKey)$", "Idempotency-Key"));

    private Refusals() {}

    /** A VALIDATION_ERROR; the field and the problem make one sentence, such as "amount is missing". */
    public static CommerceException of(String field, String problem) {
        return new CommerceException(ErrorCode.VALIDATION_ERROR, field + " " + problem, Map.of("field", field));
    }

    /** A field or parameter that is none of these. */
    static CommerceException unknown(String field, String kind, String... known) {
        return of(
                Parse.bounded(field),
                known.length == 0
                        ? "is unknown: there are no " + kind
                        : "is unknown: the " + kind + " are " + String.join(", ", known));
    }

    /** The path of the field that is to blame, as a caller of the API knows it; empty if none is. */
    public static Optional<String> field(CommerceException refusal) {
        return refusal.field().map(Refusals::named);
    }

    /** The message, which begins with the field as a caller of the API knows it. */
    public static String message(CommerceException refusal) {
        String message = String.valueOf(refusal.getMessage());
        String field = refusal.field().orElse("");
        return !field.isEmpty() && message.startsWith(field)
                ? named(field) + message.substring(field.length())
                : message;
    }

    /** The values concerned, without the field. */
    static Map<String, Object> values(CommerceException refusal) {
        Map<String, Object> values = new LinkedHashMap<>(refusal.values());
        values.remove("field");
        return values;
    }

    private static String named(String field) {
        for (Map.Entry<Pattern, String> name : NAMES) {
            Matcher matcher = name.getKey().matcher(field);
            if (matcher.find()) {
                return matcher.replaceFirst(name.getValue());
            }
        }
        return field;
    }

    private static Map.Entry<Pattern, String> name(String library, String ours) {
        return Map.entry(Pattern.compile(library), ours);
    }
}
