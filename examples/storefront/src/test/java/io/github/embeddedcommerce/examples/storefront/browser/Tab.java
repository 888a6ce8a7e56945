package io.github.embeddedcommerce.examples.storefront.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A tab of the browser, used with mouse and keyboard. Whatever is looked for may take a while to appear; what does not
 * within {@value #PATIENCE_SECONDS} seconds fails the test. Not thread-safe.
 */
public final class Tab implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final int MOST_STOPS = 150;
    private static final int MOST_PAGES = 5;
    private static final Pattern LEFT =
            Pattern.compile("Runtime.evaluate: .*(context was destroyed|navigated or closed|find context|collected)");
    private static final String EYES = eyes();
    private static final String PATIENTLY = """
            new Promise((done, failed) => {
              const end = Date.now() + %d;
              const ask = () => {
                let value; let error;
                try { value = (%s); } catch (thrown) { error = thrown; }
                if (value) done(value);
                else if (Date.now() > end) failed(new Error(error ? error.stack : 'never came; the page shows: ' + document.body?.innerText));
                else setTimeout(ask, 15);
              };
              ask();
            })""";

    private final Connection connection;
    private final String site;
    private final Look look;
    private final Path pictures;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** The way to a tab. */
    record Connection(DevTools tools, String session, String target) {
        JsonNode call(String method, Map<String, ?> parameters) {
            return tools.call(session, method, parameters);
        }
    }

    Tab(Connection connection, String site, Look look, String agent, Path pictures) {
        this.connection = connection;
        this.site = site;
        this.look = look;
        this.pictures = pictures;
        connection.tools().listen(connection.session(), this::happened);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            call(domain + ".enable", Map.of());
        }
        call("Network.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", look.language()));
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", look.width(), "height", look.height(), "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", look.dark() ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", EYES));
    }

    private void happened(JsonNode event) {
        JsonNode about = event.path("params");
        switch (event.path("method").asText()) {
            case "Network.requestWillBeSent" ->
                requests.add(about.at("/request/url").asText());
            case "Runtime.exceptionThrown" ->
                complaints.add(
                        about.at("/exceptionDetails/exception/description").asText());
            case "Runtime.consoleAPICalled" -> {
                if (about.path("type").asText().equals("error")) {
                    complaints.add(about.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                boolean ofARefusal = about.at("/entry/source").asText().equals("network");
                if (!ofARefusal && about.at("/entry/level").asText().equals("error")) {
                    complaints.add(about.at("/entry/text").asText());
                }
            }
            default -> {}
        }
    }

    /** What the browser asked for so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Errors of scripts, styles and policies so far. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Opens a page and waits until it is drawn. */
    public void visit(String path) {
        call("Page.navigate", Map.of("url", "about:blank"));
        call("Page.navigate", Map.of("url", site + path));
        drawn();
    }

    /** Follows an address within the page and waits until it is drawn. */
    public void go(String hash) {
        evaluate("eyes.go(" + quoted(hash) + ")");
        drawn();
    }

    private void drawn() {
        await("location.href !== 'about:blank' && document.readyState === 'complete' && eyes.drawn()");
    }

    /** Waits until the page shows this text. */
    public void see(String text) {
        await("eyes.shows(" + quoted(text) + ")");
    }

    /** Clicks on what bears this name, with the mouse. */
    public void click(String name) {
        JsonNode at = await("eyes.place(" + quoted(name) + ")");
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            Map<String, Object> mouse = new HashMap<>(Map.of(
                    "type", type, "x", at.get(0).doubleValue(), "y", at.get(1).doubleValue()));
            if (!type.equals("mouseMoved")) {
                mouse.putAll(Map.of("button", "left", "clickCount", 1));
            }
            call("Input.dispatchMouseEvent", mouse);
        }
    }

    /** Types into the field with this label, in place of what is there. */
    public void type(String label, String text) {
        await("eyes.field(" + quoted(label) + ")");
        call("Input.insertText", Map.of("text", text));
    }

    /** Chooses from the list with this label. */
    public void choose(String label, String option) {
        await("eyes.choose(" + quoted(label) + ", " + quoted(option) + ")");
    }

    /** Presses a key: Tab, Enter, Space or an arrow. */
    public void press(String key) {
        int code = switch (key) {
            case "Tab" -> 9;
            case "Enter" -> 13;
            case "Space" -> 32;
            case "ArrowUp" -> 38;
            case "ArrowDown" -> 40;
            default -> throw new IllegalArgumentException(key);
        };
        Map<String, Object> pressed = new HashMap<>(
                Map.of("key", key.equals("Space") ? " " : key, "code", key, "windowsVirtualKeyCode", code));
        String text = key.equals("Enter") ? "\r" : key.equals("Space") ? " " : "";
        pressed.put("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
        pressed.put("text", text);
        call("Input.dispatchKeyEvent", pressed);
        pressed.put("type", "keyUp");
        call("Input.dispatchKeyEvent", pressed);
    }

    /** Goes from one thing to the next by Tab until one that bears this name has the focus, and shows that it has. */
    public void tabTo(String name) {
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < MOST_STOPS; i++) {
            press("Tab");
            JsonNode focus = evaluate("eyes.focus()");
            passed.add(focus.path("name").asText());
            if (focus.path("name").asText().startsWith(name)) {
                if (!focus.path("outlined").booleanValue()) {
                    throw new AssertionError(name + " has the focus and does not show it");
                }
                return;
            }
        }
        throw new AssertionError(name + " is not reached by Tab, only " + passed);
    }

    /** What a designer would complain about in what is shown now. */
    public List<String> flaws() {
        List<String> flaws = new ArrayList<>();
        evaluate("eyes.flaws()").forEach(flaw -> flaws.add(flaw.textValue()));
        return flaws;
    }

    /** Waits until this is true or something, and tells what; begins again where the page is left meanwhile. */
    public JsonNode await(String expression) {
        for (int tried = 1; ; tried++) {
            try {
                return evaluate(PATIENTLY.formatted(PATIENCE_SECONDS * 1000, expression));
            } catch (AssertionError left) {
                boolean navigated =
                        LEFT.matcher(String.valueOf(left.getMessage())).find();
                if (!navigated || tried == MOST_PAGES) {
                    throw left;
                }
            }
        }
    }

    /** What an expression, or the promise that it makes, comes to. */
    public JsonNode evaluate(String expression) {
        JsonNode result = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": "
                    + result.at("/exceptionDetails/exception/description").asText());
        }
        return result.at("/result/value");
    }

    /** Takes a picture of the whole page. */
    public void picture(String name) {
        evaluate("scrollTo({ top: 0, behavior: 'instant' })"); // the header is where the window is
        double height = evaluate("document.documentElement.scrollHeight").doubleValue();
        byte[] png = Base64.getDecoder()
                .decode(call(
                                "Page.captureScreenshot",
                                Map.of(
                                        "captureBeyondViewport",
                                        true,
                                        "clip",
                                        Map.of(
                                                "x",
                                                0,
                                                "y",
                                                0,
                                                "width",
                                                look.width(),
                                                "height",
                                                Math.max(height, look.height()),
                                                "scale",
                                                1)))
                        .get("data")
                        .textValue());
        try {
            Files.createDirectories(pictures);
            Files.write(pictures.resolve(name + "." + look.name() + ".png"), png);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return connection.call(method, parameters);
    }

    private static String quoted(String text) {
        return new String(Json.write(text), StandardCharsets.UTF_8);
    }

    private static String eyes() {
        try (InputStream file = Objects.requireNonNull(Tab.class.getResourceAsStream("/eyes.js"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        connection.tools().call("Target.closeTarget", Map.of("targetId", connection.target()));
    }
}
