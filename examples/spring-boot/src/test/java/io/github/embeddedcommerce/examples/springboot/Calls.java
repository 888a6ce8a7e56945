package io.github.embeddedcommerce.examples.springboot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the application on this port. */
record Calls(int port) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern PRINTED =
            Pattern.compile(" *curl -s localhost:8080(\\S+) -H 'Content-Type: application/json' -d '([^']*)'");

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    /** What curl would send, given this line of the README. */
    HttpResponse<String> asPrinted(String line) {
        Matcher printed = PRINTED.matcher(line);
        if (!printed.matches()) {
            throw new IllegalArgumentException(line);
        }
        return post(printed.group(1), printed.group(2));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
