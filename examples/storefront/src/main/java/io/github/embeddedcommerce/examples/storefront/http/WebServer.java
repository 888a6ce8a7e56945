package io.github.embeddedcommerce.examples.storefront.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.staticfiles.Location;
import io.javalin.router.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/**
 * Serves routes and pages. A body is read before a thread is given to its request, and an answer is sent without one,
 * so a slow client holds a connection and no thread; connections, bodies, the time between two bytes and the time that
 * a request takes to arrive and an answer to be read are bounded. Thread-safe.
 */
public final class WebServer implements AutoCloseable {
    /** The largest body of a request, in bytes. */
    public static final int MAX_BODY = 64 * 1024;

    /** The largest head of a request, in bytes: the path, the query and the headers. */
    static final int MAX_HEADERS = 8 * 1024;

    private static final int MAX_CONNECTIONS = 2_000;
    private static final long MAX_UNREAD_ANSWERS = 64 * 1024 * 1024;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_BODY = Duration.ofSeconds(15);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final Duration SHUTDOWN_SILENCE = Duration.ofMillis(200);
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    /** Nothing comes from another host, and no other site may show the pages as its own. */
    private static final Map<String, String> PAGE_HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-cache");

    private final Javalin javalin;

    private WebServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Begins to serve.
     *
     * @param host the address to bind to, such as {@code 127.0.0.1}
     * @param port 0 for any that is free
     * @param routes where two fit a path, the earlier one counts
     */
    public static WebServer start(String host, int port, List<Route> routes) {
        return start(host, port, routes, config -> {});
    }

    /** The same, with other settings of the server besides. */
    static WebServer start(String host, int port, List<Route> routes, Consumer<JavalinConfig> more) {
        Javalin javalin = Javalin.create(config -> {
            configure(config);
            more.accept(config);
            config.jetty.addConnector((server, http) -> connector(server, http, host, port));
            Errors.handle(config.routes);
            for (Route route : routes) {
                Handler handler = context -> answer(route, context);
                config.routes.addEndpoint(new Endpoint(route.method(), route.path(), handler));
                if (route.method().equals(HandlerType.GET)) { // or it would be 200 whatever the answer to GET is
                    config.routes.addEndpoint(new Endpoint(HandlerType.HEAD, route.path(), handler));
                }
            }
        });
        javalin.start();
        return new WebServer(javalin);
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
        config.http.maxRequestSize = MAX_BODY;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(WebServer::bound);
        config.jetty.modifyServer(WebServer::guard);
        config.staticFiles.add(files -> {
            files.directory = "/pages";
            files.location = Location.CLASSPATH;
            files.headers = PAGE_HEADERS;
        });
    }

    private static Connector connector(Server server, HttpConfiguration http, String host, int port) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        // Or of a crowd that comes at once many are not let in before they knock again, after a second or three.
        connector.setAcceptQueueSize(MAX_CONNECTIONS);
        connector.setIdleTimeout(LONGEST_SILENCE.toMillis());
        connector.addBean(new SlowHeads(connector, LONGEST_BODY));
        return connector;
    }

    private static void bound(HttpConfiguration http) {
        http.setRequestHeaderSize(MAX_HEADERS);
        http.setSendServerVersion(false);
        http.addCustomizer((request, answerHeaders) -> asItSays(request));
    }

    /** Without the header by which Javalin would take a GET for a call that writes. */
    private static Request asItSays(Request request) {
        if (!request.getHeaders().contains(Header.X_HTTP_METHOD_OVERRIDE)) {
            return request;
        }
        HttpFields headers = HttpFields.build(request.getHeaders())
                .remove(Header.X_HTTP_METHOD_OVERRIDE)
                .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    private static void guard(Server server) {
        server.setStopTimeout(SHUTDOWN.toMillis());
        server.setErrorHandler((request, response, callback) -> {
            response.getHeaders().put("Content-Type", "application/json");
            if (response.getStatus() == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) { // the caller's fault, not ours
                response.setStatus(HttpStatus.BAD_REQUEST_400);
            }
            if (response.getStatus() == HttpStatus.SERVICE_UNAVAILABLE_503) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, Errors.RETRY_AFTER_SECONDS);
            }
            response.write(true, ByteBuffer.wrap(Json.write(Errors.body(response.getStatus()))), callback);
            return true;
        });
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        WholeAnswer answers = new WholeAnswer(MAX_UNREAD_ANSWERS, LONGEST_ANSWER);
        answers.setHandler(new WholeBody(MAX_BODY, LONGEST_BODY));
        GracefulHandler running = new GracefulHandler(answers);
        running.setShutdownIdleTimeout(SHUTDOWN_SILENCE.toMillis());
        server.setHandler(running);
    }

    private static void answer(Route route, Context context) {
        @Nullable Object answer = done(route, new Call(context));
        context.status(route.status());
        if (answer instanceof Text text) {
            context.contentType(text.type()).result(text.content());
        } else if (answer != null) {
            context.contentType("application/json")
                    .header("Cache-Control", "no-store")
                    .result(Json.write(answer));
        }
    }

    /**
     * An error of the virtual machine is a failure like any other; else it would be answered, and logged, with nothing.
     */
    private static @Nullable Object done(Route route, Call call) {
        try {
            return route.action().answer(call);
        } catch (LinkageError | AssertionError | StackOverflowError error) {
            throw new IllegalStateException(error);
        }
    }

    /**
     * An answer that is not made of JSON values.
     *
     * @param type its media type
     * @param content in UTF-8, read once
     */
    public record Text(String type, InputStream content) {
        /** Such an answer with this text. */
        public Text(String type, String text) {
            this(type, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Takes no more requests, lets those that are running end, for up to 30 seconds, and ends. */
    @Override
    public void close() {
        javalin.stop();
    }
}
