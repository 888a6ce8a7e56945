package io.github.embeddedcommerce.examples.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own on a file of H2, asked to end while it is called. */
class GiftShopEndTest {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final int CUSTOMERS = 8;
    private static final int BEFORE_THE_END = 50;

    /** What application.properties advises. */
    private static final String FOR_A_FILE = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    private static final String GIFT = """
            {"customer": "ann", "option": 1, "quantity": 1, "recipient": "Bob", "message": "Hello!"}""";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void calls_that_are_running_when_the_process_is_asked_to_end_are_answered() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        GiftShop.class.getName(),
                        "--server.port=0",
                        "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("gifts") + FOR_A_FILE)
                .redirectErrorStream(true)
                .start();
        ExecutorService customers = Executors.newFixedThreadPool(CUSTOMERS + 1);
        try (BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            Calls calls = new Calls(port(said));
            Future<List<String>> rest = customers.submit(() -> said.lines().toList());
            awaitAnn(calls);
            AtomicInteger answers = new AtomicInteger();
            List<Future<?>> calling = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                calling.add(customers.submit(() -> callUntilRefused(calls, answers)));
            }
            while (answers.get() < BEFORE_THE_END && calling.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
            }
            process.toHandle().destroy(); // this one leaves what it says open
            for (Future<?> customer : calling) {
                customer.get();
            }
            assertThat(rest.get()).filteredOn(line -> line.contains(" ERROR ")).isEmpty();
        } finally {
            process.destroyForcibly();
            customers.shutdownNow();
        }
    }

    /** Orders until nobody listens any more; whoever is answered is served, or told that the mugs are sold out. */
    private static void callUntilRefused(Calls calls, AtomicInteger answers) {
        while (true) {
            int status;
            try {
                status = calls.post("/gifts", GIFT).statusCode();
            } catch (UncheckedIOException ended) {
                return;
            }
            assertThat(status).isIn(201, 409);
            answers.incrementAndGet();
        }
    }

    /** The customer and the mugs are made once the server listens. */
    private static void awaitAnn(Calls calls) {
        for (int tried = 0; calls.post("/gifts", GIFT).statusCode() != 201; tried++) {
            assertThat(tried).as("tries").isLessThan(1_000);
        }
    }

    private static int port(BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
        }
        throw new AssertionError("it did not start");
    }
}
