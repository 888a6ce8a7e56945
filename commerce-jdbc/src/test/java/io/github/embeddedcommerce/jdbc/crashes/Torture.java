package io.github.embeddedcommerce.jdbc.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.crashes.Call.Kind;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.product.OptionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One shop, what is done to it, and what must be true of it afterwards. Not thread-safe. */
final class Torture {
    private final String url;
    private final String tables;
    private final Path folder;
    private final Instant begun = Instant.now();

    Torture(String url, Path folder) {
        this.url = url;
        this.tables = Dialect.ofUrl(url).orElseThrow().usualTables().qualifier();
        this.folder = folder;
    }

    /** Where the journals of all buyers are. */
    Path lanes() {
        return folder.resolve("lanes");
    }

    void setUp(int limitedCoupons) throws Exception {
        Files.createDirectories(lanes());
        try (CommerceFacade shop = open();
                Journal tally = tally()) {
            Clerk owner = new Clerk(shop, lanes().resolve("owner"), tally, new Random());
            Stage.set(shop, owner, limitedCoupons).write(folder.resolve("stage"));
        }
    }

    private CommerceFacade open() {
        return JdbcCommerce.open(url).settings(Stage.settings()).build();
    }

    private Journal tally() throws Exception {
        return Journal.shared(folder.resolve("tally"));
    }

    /** With processes killed a moment ago: the audit is clean, and all that was answered is there. */
    void checkAfterKill() throws Exception {
        try (CommerceFacade shop = open()) {
            checkRows(shop);
        }
    }

    /** While the shop is busy: the audit is clean at any moment. */
    void checkOpenShop() {
        try (CommerceFacade shop = open()) {
            assertThat(shop.jobs().audit().call().violations()).isEmpty();
        }
    }

    private Books checkRows(CommerceFacade shop) throws Exception {
        assertThat(shop.jobs().audit().call().violations()).isEmpty();
        Books books = Books.of(lanes());
        assertThat(Inspection.violations(url, tables, books)).isEmpty();
        return books;
    }

    /** With all processes gone for good: expires and delivers what is left, sells what is left, and checks it all. */
    Books closeBooks() throws Exception {
        Stage stage = Stage.read(folder.resolve("stage"));
        try (CommerceFacade shop = open();
                Journal tally = tally();
                Chores chores = new Chores(shop, folder, tally)) {
            finish(chores, "orders where status = 'PENDING'");
            sellTheRest(shop, stage, tally);
            finish(chores, "orders where status = 'PENDING'");
            finish(chores, "order_events where status = 'WAITING'");
            Books books = checkRows(shop);
            assertThat(books.open).isEmpty();
            checkSold(stage);
            checkCoupons(stage);
            checkDelivered();
            checkJobs();
            return books;
        }
    }

    /** Does all the chores until there are no more of these rows. */
    private void finish(Chores chores, String rows) throws SQLException {
        long start = System.nanoTime();
        while (count("select count(*) from <commerce>" + rows) > 0) {
            chores.all();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(rows).isLessThan(Duration.ofMinutes(2));
        }
    }

    private void sellTheRest(CommerceFacade shop, Stage stage, Journal tally) {
        Clerk owner = new Clerk(shop, lanes().resolve("owner"), tally, new Random());
        var buyer = Stage.rich().findFirst().orElseThrow();
        for (long option : stage.rare()) {
            String item = option + ":1";
            var order = owner.ask(Call.of(Kind.PLACE, buyer, item));
            while (order.isPresent()) {
                owner.ask(Call.of(Kind.PAY, buyer, Call.part(order.get(), 0) + ":0"));
                order = owner.ask(Call.of(Kind.PLACE, buyer, item));
            }
        }
    }

    /** Of what more was asked for than there was, all that there was is sold. */
    private void checkSold(Stage stage) throws SQLException {
        for (long option : stage.rare()) {
            long sold = count("select sum(l.quantity) from <commerce>order_lines l join <commerce>orders o"
                    + " on o.id = l.order_id where o.status = 'PAID' and l.option_id = " + new OptionId(option));
            assertThat(sold).isEqualTo(Stage.RARE);
        }
    }

    private void checkCoupons(Stage stage) throws SQLException {
        for (long coupon : stage.limited()) {
            long issued = count("select count(*) from <commerce>user_coupons where coupon_id = " + coupon);
            assertThat(issued).isEqualTo(Stage.LIMIT);
        }
    }

    /** Every event reached the sink at least once, and for the first time in its turn; nothing else did. */
    private void checkDelivered() throws SQLException {
        Map<Long, List<String>> delivered = new HashMap<>();
        Journal.lines(folder.resolve("sink"), line -> {
            String[] words = line.split(" ", 2);
            List<String> events = delivered.computeIfAbsent(Long.valueOf(words[0]), id -> new ArrayList<>(2));
            if (!events.contains(words[1])) {
                events.add(words[1]);
            }
        });
        Map<Long, Integer> refunds = new HashMap<>();
        query("select order_id from <commerce>refunds", row -> refunds.merge(row.getLong(1), 1, Integer::sum));
        Set<Long> returned = new HashSet<>();
        query("select order_id from <commerce>returns", row -> returned.add(row.getLong(1)));
        Set<Long> late = new HashSet<>();
        query("select order_id from <commerce>payments where state = 'UNAPPLIED'", row -> late.add(row.getLong(1)));
        query("select id, status, paid_at from <commerce>orders", row -> {
            long order = row.getLong(1);
            List<String> told = new ArrayList<>();
            if (row.getObject(3) != null) {
                told.add("PAID");
            }
            told.addAll(toBeTold(row.getString(2), returned.contains(order), refunds.getOrDefault(order, 0)));
            assertThat(delivered.remove(order))
                    .as("events of order " + order)
                    .isIn(late.contains(order) ? tooLate(told) : List.of(numbered(told)));
        });
        assertThat(delivered).isEmpty();
    }

    /** What comes after the payment of an order: a return with its refund, and the end with its own. */
    private static List<String> toBeTold(String last, boolean returned, int refunds) {
        boolean ended = !last.equals("PAID");
        List<String> told = new ArrayList<>();
        if (returned) {
            told.add("RETURNED");
            told.addAll(Collections.nCopies(refunds - (ended && refunds > 0 ? 1 : 0), "REFUND_DUE"));
        }
        if (ended) {
            told.add(last);
            told.addAll(Collections.nCopies(Math.min(refunds, 1), "REFUND_DUE"));
        }
        return told;
    }

    /** Money that comes too late may come before the job or after it. */
    private static List<List<String>> tooLate(List<String> told) {
        List<String> before = new ArrayList<>(told);
        before.add(0, "PAYMENT_UNAPPLIED");
        List<String> after = new ArrayList<>(told);
        after.add("PAYMENT_UNAPPLIED");
        return List.of(numbered(before), numbered(after));
    }

    private static List<String> numbered(List<String> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> (i + 1) + " " + types.get(i))
                .toList();
    }

    private void checkJobs() throws SQLException {
        Set<String> days = new HashSet<>();
        long expired = 0;
        for (String line : tallied("snapshot", "expired")) {
            if (line.startsWith("snapshot")) {
                assertThat(days.add(line)).as("made once: " + line).isTrue();
            } else {
                expired += Long.parseLong(line.split(" ", -1)[1]);
            }
        }
        assertThat(expired)
                .isLessThanOrEqualTo(count("select count(*) from <commerce>orders where status = 'EXPIRED'"));
        long daysOpen = 1 + ChronoUnit.DAYS.between(day(begun), day(Instant.now()));
        assertThat(count("select count(*) from <commerce>popular_snapshots")).isBetween(1L, daysOpen);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private List<String> tallied(String... words) {
        List<String> found = new ArrayList<>();
        Journal.lines(folder.resolve("tally"), line -> {
            if (Stream.of(words).anyMatch(line::startsWith)) {
                found.add(line);
            }
        });
        return found;
    }

    /** How often each thing was counted, by all processes. */
    Map<String, Long> tallies() {
        Map<String, Long> counts = new TreeMap<>();
        Journal.lines(folder.resolve("tally"), line -> counts.merge(line.split(" ", -1)[0], 1L, Long::sum));
        return counts;
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private long count(String query) throws SQLException {
        long[] counted = new long[1];
        query(query, row -> counted[0] = row.getLong(1));
        return counted[0];
    }

    private void query(String query, Row row) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.replace("<commerce>", tables))) {
            while (rows.next()) {
                row.read(rows);
            }
        }
    }
}
