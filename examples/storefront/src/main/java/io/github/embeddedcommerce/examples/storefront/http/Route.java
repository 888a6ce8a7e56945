package io.github.embeddedcommerce.examples.storefront.http;

import io.javalin.http.HandlerType;
import org.jspecify.annotations.Nullable;

/**
 * What is done for requests with this method to this path. Immutable.
 *
 * @param path with parameters in braces, such as {@code /api/orders/{orderId}}
 * @param status of the answer if it is not refused
 */
public record Route(HandlerType method, String path, int status, Action action) {
    /** Does what a call asks for. */
    @FunctionalInterface
    public interface Action {
        /** The body of the answer, which becomes JSON; null for an answer without one. */
        @Nullable
        Object answer(Call call);
    }

    /** Reads: 200. */
    public static Route get(String path, Action action) {
        return new Route(HandlerType.GET, path, 200, action);
    }

    /** Does something: 200. */
    public static Route post(String path, Action action) {
        return new Route(HandlerType.POST, path, 200, action);
    }

    /** Makes something: 201. */
    public static Route create(String path, Action action) {
        return new Route(HandlerType.POST, path, 201, action);
    }

    /** Begins something that goes on after the answer: 202. */
    public static Route begin(String path, Action action) {
        return new Route(HandlerType.POST, path, 202, action);
    }

    /** Changes something: 200. */
    public static Route patch(String path, Action action) {
        return new Route(HandlerType.PATCH, path, 200, action);
    }

    /** Removes something: 204. */
    public static Route delete(String path, Action action) {
        return new Route(HandlerType.DELETE, path, 204, action);
    }
}
