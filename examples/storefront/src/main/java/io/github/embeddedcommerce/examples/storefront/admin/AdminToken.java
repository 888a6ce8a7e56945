package io.github.embeddedcommerce.examples.storefront.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.embeddedcommerce.examples.storefront.http.HttpRefusal;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** What those who run the shop send along, in {@code Authorization: Bearer …} or {@code X-Admin-Token}. Immutable. */
public final class AdminToken {
    private static final int UNAUTHORIZED = 401;
    private static final int RANDOM_BYTES = 16;
    private static final String BEARER = "Bearer ";

    private final String token;

    /** A token that the operator chose. */
    public AdminToken(String token) {
        this.token = token;
    }

    /** One that nobody can guess. */
    public static AdminToken random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new AdminToken(HexFormat.of().formatHex(bytes));
    }

    /** The token itself, to tell the operator. */
    public String value() {
        return token;
    }

    /** The same routes, for calls with the token only. */
    public List<Route> guard(List<Route> routes) {
        return routes.stream().map(this::guard).toList();
    }

    private Route guard(Route route) {
        return new Route(route.method(), route.path(), route.status(), call -> {
            String bearer = call.header("Authorization").orElse("");
            String sent = bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? bearer.substring(BEARER.length())
                    : call.header("X-Admin-Token").orElse("");
            // Takes the same time wherever the first difference is.
            if (!MessageDigest.isEqual(sent.getBytes(UTF_8), token.getBytes(UTF_8))) {
                throw new HttpRefusal(UNAUTHORIZED, "the admin token is missing or wrong: it was printed at start");
            }
            return route.action().answer(call);
        });
    }
}
