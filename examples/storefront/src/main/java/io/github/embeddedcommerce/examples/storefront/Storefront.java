package io.github.embeddedcommerce.examples.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.examples.storefront.admin.AdminToken;
import io.javalin.util.JavalinException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the storefront, and stops it at Ctrl-C. */
@Command(
        name = "storefront",
        description = "A shop behind HTTP, with its pages, in one Java process.",
        mixinStandardHelpOptions = true,
        versionProvider = Storefront.Version.class,
        usageHelpAutoWidth = true,
        showDefaultValues = true)
public final class Storefront implements Callable<Integer> {
    private static final Logger EVENTS =
            LoggerFactory.getLogger("io.github.embeddedcommerce.examples.storefront.events");

    private static final int LAST_PORT = 65_535;

    /** What every client can send in a header, and every server reads as it was meant. */
    private static final Pattern SENDABLE = Pattern.compile("[!-~]+");

    @Spec
    private CommandSpec spec = CommandSpec.create(); // until picocli puts the real one there

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen at; the default is loopback.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen at; 0 for any that is free.")
    private int port = 8080;

    @Option(
            names = "--url",
            paramLabel = "JDBC-URL",
            description = "The database: H2 in memory or in a file, PostgreSQL or MariaDB.")
    private String url = "jdbc:h2:mem:storefront";

    @Option(names = "--user", paramLabel = "NAME", description = "The database user.")
    private @Nullable String user;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "The password of the database user.")
    private @Nullable String password;

    @Option(
            names = "--admin-token",
            paramLabel = "TOKEN",
            description = "What the back office must send along; by default a random one, which is printed.")
    private @Nullable String adminToken;

    @Option(names = "--demo-data", description = "Put products, coupons and some sales into an empty shop.")
    private boolean demoData;

    @Option(names = "--starting-balance", paramLabel = "WON", description = "The balance of a new user.")
    private long startingBalance;

    @Option(
            names = "--event-url",
            paramLabel = "URL",
            description = "Where events of orders are posted to; by default they go to the log.")
    private @Nullable URI eventUrl;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long a call may wait for a busy database before it is answered with 503.")
    private int patience = 10;

    /** Serves until it is asked to end; exit status 2, and a line that says why, if it cannot start. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Storefront()).setParameterExceptionHandler(Storefront::complain);
    }

    /** One line that says what is wrong. */
    private static int complain(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("storefront: " + wrong.getMessage() + " (see --help)");
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public Integer call() throws InterruptedException {
        AdminToken token = adminToken == null ? AdminToken.random() : new AdminToken(checkedToken(adminToken));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> askAndWait(asked, ended), "stop"));
        Database database = new Database(url, user, password);
        try (Host running = start(database, token)) {
            announce(database, running.port(), token);
            asked.await();
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private Host start(Database database, AdminToken token) {
        Host.Settings settings = new Host.Settings(
                host,
                checkedPort(),
                token,
                Won.of(checked(startingBalance)),
                Duration.ofSeconds(checkedPatience()),
                sink());
        try {
            return Host.start(database, settings, Clock.systemUTC(), demoData ? DemoData.SMALL_SHOP : DemoData.NONE);
        } catch (CommerceException | StorageException failure) {
            throw new ParameterException(spec.commandLine(), "cannot start: " + reason(failure));
        } catch (JavalinException failure) {
            throw new ParameterException(
                    spec.commandLine(), "cannot listen at " + host + ", port " + port + ": " + listening(failure));
        }
    }

    private EventSink sink() {
        if (eventUrl == null) {
            return event -> EVENTS.info("order {} {}", event.order(), event.type());
        }
        if (!"http".equals(eventUrl.getScheme()) && !"https".equals(eventUrl.getScheme())) {
            throw new ParameterException(spec.commandLine(), "--event-url must begin with http:// or https://");
        }
        return new WebhookSink(eventUrl);
    }

    private int checkedPort() {
        if (port < 0 || port > LAST_PORT) {
            throw new ParameterException(spec.commandLine(), "--port must be from 0 to " + LAST_PORT);
        }
        return port;
    }

    private String checkedToken(String token) {
        if (!SENDABLE.matcher(token).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--admin-token must not be empty, and only of ASCII letters, digits and signs: it goes into a header");
        }
        return token;
    }

    private long checked(long balance) {
        if (balance < 0) {
            throw new ParameterException(spec.commandLine(), "--starting-balance must not be negative");
        }
        return balance;
    }

    private int checkedPatience() {
        if (patience < 1 || patience > 600) {
            throw new ParameterException(spec.commandLine(), "--patience must be from 1 to 600 seconds");
        }
        return patience;
    }

    private static Throwable deepest(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : deepest(cause);
    }

    /** What the operating system says: the server takes every trouble with an address for a port in use. */
    private static String listening(Throwable failure) {
        String said = deepest(failure).getMessage();
        return said == null ? "there is no such address" : said;
    }

    private static String reason(Throwable failure) {
        Throwable deepest = deepest(failure);
        return deepest == failure
                ? String.valueOf(failure.getMessage())
                : failure.getMessage() + ": " + deepest.getMessage();
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Storefront.class.getPackage().getImplementationVersion();
            return new String[] {"Embedded Commerce storefront " + (version == null ? "(not packaged)" : version)};
        }
    }

    private void announce(Database database, int listening, AdminToken token) {
        String address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listening;
        String staff = "#" + URLEncoder.encode(token.value(), UTF_8);
        PrintWriter out = spec.commandLine().getOut();
        out.println("shop         " + address + "/");
        out.println("back office  " + address + "/admin.html" + staff);
        out.println("operations   " + address + "/operations.html" + staff);
        out.println("API          " + address + "/openapi.json");
        out.println("database     " + database.shown() + "; Ctrl-C stops");
        out.flush();
    }

    private static void askAndWait(CountDownLatch asked, CountDownLatch ended) {
        asked.countDown();
        try {
            ended.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
