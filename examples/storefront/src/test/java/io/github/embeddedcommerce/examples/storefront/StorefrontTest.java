package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.storefront.admin.AdminToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command line refuses. */
class StorefrontTest {
    @Test
    void bad_options_are_told_in_words() {
        assertThat(complaint("--port", "x")).contains("--port");
        assertThat(complaint("--starting-balance", "-1")).contains("must not be negative");
        assertThat(complaint("--patience", "0")).contains("--patience");
        for (String token : List.of("", " ", "a b", "a\tb", "비밀", "caf\u00e9")) {
            assertThat(complaint("--admin-token", token, "--url", "jdbc:nothing:here"))
                    .contains("--admin-token must not be empty");
        }
        assertThat(complaint("--event-url", "ftp://x")).contains("http");
        assertThat(complaint("--url", "jdbc:nothing:here")).contains("cannot start");
        assertThat(complaint("--port", "70000")).contains("--port must be from 0 to 65535");
        assertThat(complaint("--port", "-1")).contains("--port must be from 0 to 65535");
    }

    @Test
    void an_address_that_cannot_be_listened_at_is_told_with_what_is_wrong() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(complaint("--port", port))
                    .contains("cannot listen at 127.0.0.1, port " + port + ": Address already in use");
        }
        assertThat(complaint("--host", "192.0.2.1", "--port", "0"))
                .contains("cannot listen at 192.0.2.1, port 0: ")
                .doesNotContain("in use");
        assertThat(complaint("--host", "nowhere.invalid", "--port", "0"))
                .contains("nowhere.invalid")
                .doesNotContain("in use", "null");
    }

    @Test
    void the_version_is_told() {
        StringWriter told = new StringWriter();
        CommandLine command = Storefront.commandLine().setOut(new PrintWriter(told));
        assertThat(command.execute("--version")).isZero();
        assertThat(told.toString()).startsWith("Embedded Commerce storefront ");
    }

    @Test
    void demo_data_fills_the_shop() {
        Host.Settings settings =
                new Host.Settings("127.0.0.1", 0, new AdminToken("t"), Won.of(5), Duration.ofSeconds(5), event -> {});
        try (Host host = Host.start(
                new Database("jdbc:h2:mem:demo-data", null, null), settings, Clock.systemUTC(), DemoData.SMALL_SHOP)) {
            Client client = new Client(host.port());
            assertThat(client.get("/api/products").expect(200).get("products")).hasSize(10);
            assertThat(client.get("/api/coupons").expect(200).get("coupons")).hasSize(3);
            long user = client.post("/api/users", "").expect(201).get("userId").longValue();
            assertThat(client.get("/api/users/" + user + "/balance")
                            .expect(200)
                            .get("balance")
                            .longValue())
                    .isEqualTo(5);
        }
    }

    private static String complaint(String... options) {
        StringWriter told = new StringWriter();
        CommandLine command = Storefront.commandLine().setErr(new PrintWriter(told));
        assertThat(command.execute(options)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(told.toString().lines()).hasSize(1);
        return told.toString();
    }
}
