package io.github.embeddedcommerce.examples.storefront.http;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.user.UserId;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.Optional;

/** One request. For the thread that answers it. */
public final class Call {
    private static final String JSON = "application/json";
    private static final String PLAIN = "identity";
    private static final String KEY = "Idempotency-Key";

    private final Context context;

    Call(Context context) {
        this.context = context;
    }

    /** An id in the path: a whole number from 1. */
    public long id(String name) {
        return Parse.positive(Parse.wholeNumber(context.pathParam(name), name), name);
    }

    /** The user named in the path. Who that is, is the host's authentication, which this example leaves out. */
    public UserId user() {
        return user(id("userId"));
    }

    /** The library's id of the user with this number. */
    public static UserId user(long number) {
        return new UserId(Long.toString(number));
    }

    /** The body, which has no other fields than these; without a body, an object without fields. */
    public Body body(String... fields) {
        byte[] text = context.bodyAsBytes();
        if (!once("Content-Encoding").orElse(PLAIN).equalsIgnoreCase(PLAIN)) {
            throw Refusals.of("Content-Encoding", "must be " + PLAIN + ": a body is read as it is");
        }
        String type = once("Content-Type").orElse("");
        if (text.length > 0 && !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            throw Refusals.of("Content-Type", "must be " + JSON);
        }
        return Body.of(text, fields);
    }

    /** The query, which has no other parameters than these. */
    public Query query(String... names) {
        Parse.query(context.queryString());
        return Query.of(context.queryParamMap(), names);
    }

    /** A header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    /** The key under which the call takes effect once, however often it is sent; empty if the caller gave none. */
    public Optional<IdempotencyKey> key() {
        return once(KEY).map(IdempotencyKey::new);
    }

    /** A header of which a second one would say something else. */
    private Optional<String> once(String name) {
        if (Collections.list(context.req().getHeaders(name)).size() > 1) {
            throw Refusals.of(name, "must be given once");
        }
        return header(name);
    }
}
