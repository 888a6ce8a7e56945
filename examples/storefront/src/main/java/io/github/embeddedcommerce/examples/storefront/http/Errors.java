package io.github.embeddedcommerce.examples.storefront.http;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong into the answer that the API promises. Never 500 for bad input. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    static final int RETRY_AFTER_SECONDS = 1;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL = 500;

    private Errors() {}

    static void handle(RoutesConfig routes) {
        routes.exception(CommerceException.class, Errors::refused);
        routes.exception(StorageException.class, Errors::broken);
        routes.exception(HttpRefusal.class, (refusal, context) -> {
            if (refusal.status() == UNAUTHORIZED) {
                context.header("WWW-Authenticate", "Bearer");
            }
            tell(context, refusal.status(), body(code(refusal.status()), String.valueOf(refusal.getMessage())));
        });
        routes.exception(MethodNotAllowedResponse.class, (refusal, context) -> {
            context.header("Allow", refusal.getDetails().getOrDefault("availableMethods", ""));
            tell(context, refusal.getStatus(), body(code(refusal.getStatus()), reason(refusal.getStatus())));
        });
        routes.exception(HttpResponseException.class, (refusal, context) -> {
            tell(context, refusal.getStatus(), body(code(refusal.getStatus()), reason(refusal.getStatus())));
        });
        routes.exception(Exception.class, (failure, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), failure);
            tell(context, INTERNAL, body(code(INTERNAL), reason(INTERNAL)));
        });
    }

    private static void refused(CommerceException refusal, Context context) {
        Map<String, Object> body = body(refusal.code().code(), Refusals.message(refusal));
        Refusals.field(refusal).ifPresent(field -> body.put("field", field));
        Map<String, Object> values = Refusals.values(refusal);
        if (!values.isEmpty()) {
            body.put("values", values);
        }
        tell(context, status(refusal.code()), body);
    }

    private static int status(ErrorCode code) {
        return switch (code.category()) {
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT, INVALID, EXHAUSTED -> 400;
        };
    }

    private static void broken(StorageException failure, Context context) {
        boolean passes = failure.error().mayPass() || failure.error() == StorageError.SHOP_CLOSED;
        LOG.warn("{} {}: {}", context.method(), context.path(), failure.getMessage());
        if (!passes) {
            tell(context, INTERNAL, body(code(INTERNAL), reason(INTERNAL)));
            return;
        }
        context.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        String outcome = failure.outcome() == StorageException.Outcome.UNKNOWN
                ? "it is not known whether the call took effect: send it again with its Idempotency-Key, or look"
                : "nothing has changed: send the call again, later";
        tell(context, UNAVAILABLE, body(failure.error().name(), "the database is busy or away; " + outcome));
    }

    /** The body of an error that HTTP itself has a status for. */
    static Map<String, Object> body(int status) {
        return body(code(status), reason(status));
    }

    private static Map<String, Object> body(String code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("errorCode", code);
        body.put("message", message);
        body.put("timestamp", Instant.now().toString());
        return body;
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "UNAUTHORIZED";
            case 404 -> "NOT_FOUND";
            case 405 -> "METHOD_NOT_ALLOWED";
            case 503 -> "SHUTTING_DOWN";
            default -> status >= INTERNAL ? "INTERNAL_ERROR" : ErrorCode.VALIDATION_ERROR.code();
        };
    }

    private static String reason(int status) {
        return switch (status) {
            case 404 -> "there is no such path: see /openapi.json";
            case 405 -> "the path does not know this method: see /openapi.json";
            case 408 -> "the request did not arrive in time";
            case 414, 431 -> "the path or the headers are too long: at most " + WebServer.MAX_HEADERS + " bytes";
            case 413 -> "the body is too large: at most " + WebServer.MAX_BODY + " bytes";
            case 503 -> "the server is shutting down: send the call again, later";
            default -> status >= INTERNAL ? "the server failed, and has logged why" : "the request is malformed";
        };
    }

    private static void tell(Context context, int status, Map<String, Object> body) {
        context.status(status).contentType("application/json").result(Json.write(body));
    }
}
