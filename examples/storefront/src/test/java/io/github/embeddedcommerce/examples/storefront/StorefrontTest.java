package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.examples.storefront.admin.AdminToken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command line refuses. */
class StorefrontTest {
    @Test
    void bad_options_are_told_in_words() {
        assertThat(complaint("--port", "x")).contains("--port");
        assertThat(complaint("--starting-balance", "-1")).contains("must not be negative");
        assertThat(complaint("--patience", "0")).contains("--patience");
        assertThat(complaint("--admin-token", " ")).contains("must not be empty");
        assertThat(complaint("--event-url", "ftp://x")).contains("http");
        assertThat(complaint("--url", "jdbc:nothing:here")).contains("cannot start");
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
