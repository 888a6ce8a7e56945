package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.storefront.admin.AdminToken;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The calls of the README work as printed, one after the other. */
class ReadmeTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    void the_calls_work_as_printed() throws IOException {
        List<String> calls = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("    curl "))
                .toList();
        assertThat(calls).hasSize(5);
        Host.Settings settings = new Host.Settings(
                "127.0.0.1", 0, new AdminToken("secret"), Won.of(0), Duration.ofSeconds(10), event -> {});
        try (Host host = Host.start(
                new Database("jdbc:h2:mem:readme", null, null), settings, Clock.systemUTC(), DemoData.SMALL_SHOP)) {
            Client client = new Client(host.port());
            for (String call : calls) {
                Client.Answer answer = client.send(request(client, call));
                assertThat(answer.status())
                        .as(call + ": " + answer.response().body())
                        .isBetween(200, 299);
            }
        }
    }

    /** What curl would send, as far as these calls need it. */
    private static HttpRequest.Builder request(Client client, String call) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(call);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        String url = words.stream()
                .filter(one -> one.startsWith("localhost:8080"))
                .findFirst()
                .orElseThrow();
        HttpRequest.Builder request = client.request(url.substring("localhost:8080".length()));
        String method = "GET";
        String body = "";
        for (int i = 0; i < words.size() - 1; i++) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "-X" -> method = value;
                case "-d" -> body = value;
                case "-H" -> request.header(value.split(": ", 2)[0], value.split(": ", 2)[1]);
                default -> {}
            }
        }
        return request.method(method, BodyPublishers.ofString(body));
    }
}
