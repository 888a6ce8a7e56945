package io.github.embeddedcommerce.examples.storefront.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;

/** JSON as the API speaks it. Thread-safe. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** The UTF-8 text of an answer, made of records, maps, lists, texts and numbers. */
    public static byte[] write(Object answer) {
        try {
            return MAPPER.writeValueAsBytes(answer);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads one JSON value in UTF-8, without duplicate names and with nothing after it.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if it is malformed
     */
    public static JsonNode read(byte[] text) {
        try {
            return MAPPER.readTree(Parse.utf8(text, "body"));
        } catch (StreamConstraintsException boundless) {
            throw Refusals.of("body", "is nested too deeply, or has a name or a number that is too long");
        } catch (JsonProcessingException malformed) {
            throw Refusals.of("body", "is not valid JSON: " + reason(malformed));
        } catch (NumberFormatException boundless) {
            throw Refusals.of("body", "has a number that is too large or too small");
        }
    }

    /** What is wrong and where, without the parser's advice to those who configure it. */
    private static String reason(JsonProcessingException malformed) {
        String what = malformed.getOriginalMessage().split("[:(]", 2)[0].strip();
        JsonLocation where = malformed.getLocation();
        return where == null ? what : what + " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    }
}
