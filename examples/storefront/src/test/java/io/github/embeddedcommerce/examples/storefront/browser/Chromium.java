package io.github.embeddedcommerce.examples.storefront.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Chromium of this machine, without a window and with an empty profile. It resolves no name. Not thread-safe. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final Path ON_A_MAC = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

    private final Path profile;
    private final Process process;
    private final DevTools tools;

    private Chromium(Path executable) throws IOException {
        profile = Files.createTempDirectory("chromium");
        process = new ProcessBuilder(
                        executable.toString(),
                        "--headless=new",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--no-first-run",
                        "--no-sandbox", // which a container may not have; it opens our pages alone
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        tools = new DevTools(address(process.inputReader(StandardCharsets.UTF_8)));
    }

    /** Where it is: the system property {@code chromium}, or one of its names on the path; empty if it is not here. */
    public static Optional<Path> find() {
        String named = System.getProperty("chromium", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        List<Path> places = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            NAMES.forEach(name -> places.add(Path.of(folder, name)));
        }
        places.add(ON_A_MAC);
        return places.stream().filter(Files::isExecutable).findFirst();
    }

    /** Starts it. */
    public static Chromium start(Path executable) {
        try {
            return new Chromium(executable);
        } catch (IOException failure) {
            throw new UncheckedIOException(executable + " does not start", failure);
        }
    }

    /** What it says first; the rest is read, so that it never waits for us, and forgotten. */
    private static URI address(BufferedReader said) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread rest = new Thread(() -> said.lines().forEach(ignored -> {}), "chromium");
                rest.setDaemon(true);
                rest.start();
                return URI.create(listening.group(1));
            }
        }
        throw new IOException("it ended: " + all);
    }

    /** A tab that shares nothing with the others, not even what the browser remembers. */
    public Tab open(String site, Look look, Path pictures) {
        String context = tools.call("Target.createBrowserContext", Map.of())
                .get("browserContextId")
                .textValue();
        String target = tools.call("Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .get("targetId")
                .textValue();
        String session = tools.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .textValue();
        String agent =
                tools.call("Browser.getVersion", Map.of()).get("userAgent").textValue();
        return new Tab(new Tab.Connection(tools, session, target), site, look, agent, pictures);
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException stillWritten) {
            profile.toFile().deleteOnExit(); // by a part of it that is ending
        }
    }
}
