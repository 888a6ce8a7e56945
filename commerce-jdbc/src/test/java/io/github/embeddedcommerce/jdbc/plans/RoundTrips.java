package io.github.embeddedcommerce.jdbc.plans;

import static java.util.stream.Collectors.joining;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts what goes to the database, a transaction at a time, and tells it as rows of a table. Not thread-safe. */
final class RoundTrips implements CommerceListener, WatchedDataSource.Watcher {
    /** A look at another table, among the columns that are read. */
    private static final Pattern LOOK = Pattern.compile("\\(select (?:[^()]|\\([^()]*\\))*\\) as \\w+");

    /** What a statement in a block of MariaDB's depends on. */
    private static final Pattern CONDITION = Pattern.compile("(?s)^/\\*client prepare\\*/ begin not atomic.* then\\s+");

    private static final Pattern TABLE =
            Pattern.compile("(?s)^(\\w+)\\b.*?(?<=from|into|update)\\s+commerce[._](\\w+)");

    private static final Pattern USE_CASE = Pattern.compile(
            "\"((?:products|users|carts|coupons|orders|payments|events|jobs|backOffice|figures|exports)\\.\\w+)\"");

    private final List<String> trips = new ArrayList<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final Set<String> useCases = new TreeSet<>();

    /** A transaction of this use case, and what it sent. */
    private record Transaction(String useCase, List<String> trips) {}

    /**
     * Connections to this database that take several statements at once, as those of {@code open} do. Counted is on
     * servers alone: embedded H2 has no network, and is sent one statement after the other.
     */
    static WatchedDataSource watched(Database database, HikariDataSource pool) {
        String url = pool.getJdbcUrl()
                + (database == Database.MARIADB
                        ? (pool.getJdbcUrl().contains("?") ? "&" : "?") + "allowMultiQueries=true"
                        : "");
        return new WatchedDataSource(() -> DriverManager.getConnection(url, pool.getUsername(), pool.getPassword()));
    }

    @Override
    public void before(String trip, Connection connection) {
        if (!isSetup(trip)) {
            trips.add(inWords(trip));
        }
    }

    @Override
    public void useCaseEnded(UseCaseEnded ended) {
        useCases.add(ended.useCase());
        transactions.add(new Transaction(ended.useCase(), List.copyOf(trips)));
        trips.clear();
    }

    /** Every use case that was seen so far. */
    public Set<String> useCases() {
        return useCases;
    }

    /** The row of a call that is one transaction, or begins with it. */
    public String row(String what, EveryUseCase.Call call) {
        record(call);
        return row(what, transactions.get(0).useCase, 1);
    }

    /** The row of the first few transactions of this use case; what the call does beside them is left out. */
    public String row(String what, String useCase, int first, EveryUseCase.Call call) {
        record(call);
        return row(what, useCase, first);
    }

    /** The row of a call that is several transactions, of which the last one's use case is the call's own. */
    public String rowOfAll(String what, EveryUseCase.Call call) {
        record(call);
        List<String> all =
                transactions.stream().flatMap(one -> one.trips.stream()).toList();
        String useCase = transactions.get(transactions.size() - 1).useCase;
        return "| " + what + " | `" + useCase + "` | " + all.size() + " | " + String.join(" · ", all) + " |";
    }

    private void record(EveryUseCase.Call call) {
        transactions.clear();
        trips.clear();
        call.make();
    }

    private String row(String what, String useCase, int first) {
        List<String> all = transactions.stream()
                .filter(one -> one.useCase.equals(useCase))
                .limit(first)
                .flatMap(one -> one.trips.stream())
                .toList();
        return "| " + what + " | `" + useCase + "` | " + all.size() + " | " + String.join(" · ", all) + " |";
    }

    /** Every use case that is named in the sources in this folder. */
    public static Set<String> useCasesIn(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher name = USE_CASE.matcher(Files.readString(file));
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
    }

    /** What a pool of ours does when a connection is opened, and a pool of the host's costs a transaction. */
    private static boolean isSetup(String trip) {
        return trip.contains("lock_timeout")
                || trip.contains("lock_wait_timeout")
                || trip.startsWith("do 0")
                || trip.contains("isolation");
    }

    /** What is sent at once is joined by a plus; the same several times is named once. */
    private static String inWords(String trip) {
        return Arrays.stream(trip.split("; ", -1))
                .map(RoundTrips::statementInWords)
                .distinct()
                .collect(joining(" + "));
    }

    private static String statementInWords(String trip) {
        String statement = CONDITION.matcher(trip.strip()).replaceFirst("");
        Matcher sent = TABLE.matcher(LOOK.matcher(statement).replaceAll(""));
        if (!sent.find()) {
            return trip;
        }
        String verb = trip.contains("for update") ? "lock" : sent.group(1).replace("select", "read");
        return verb + " " + sent.group(2);
    }
}
