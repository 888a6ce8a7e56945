package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rows that refer to what is not there, as a restore or a script leaves them that has switched foreign keys off: an
 * audit in chunks finds them as one that reads everything at once does, though no chunk has what they refer to. Each
 * damage is done and taken back in a transaction, in which the audits read.
 */
@Tag("J5")
class AuditWithoutForeignKeysTest extends PaymentTest {
    /** A few of them each time; {@code -Daudit.damages=100000} for all. */
    private static final int DAMAGES = Integer.getInteger("audit.damages", 25);

    private Rows rows = new Rows("", Map.of());
    private Connection connection;

    @BeforeEach
    void an_eventful_day_and_a_connection_without_foreign_keys() throws SQLException {
        shop.close();
        shop = open(CommerceSettings.defaults());
        new EventfulDay(this, "a").passes();
        rows = Rows.of(pool);
        connection = pool.getConnection();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        if (isHeldForAll()) {
            database.holdForeignKeys(connection, false);
        }
        connection.setAutoCommit(false);
    }

    @AfterEach
    void with_foreign_keys_again() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        database.holdForeignKeys(connection, true);
        connection.close();
    }

    @Test
    @Tag("K4")
    void a_coupon_that_was_used_for_no_order() throws SQLException {
        for (long order : List.of(999_999L, 0L, -7L)) {
            found(
                    Invariant.COUPONS_USED_ONCE,
                    "used_for",
                    order,
                    "update <commerce>user_coupons set order_id = " + order + ", used_at = issued_at where id = "
                            + least("user_coupons", "id", row -> row.get("order_id") == null));
        }
        found(Invariant.COUPONS_USED_ONCE, "order_id", "null", "delete from <commerce>orders");
    }

    @Test
    @Tag("O2")
    void money_of_no_user_for_no_order() throws SQLException {
        for (String user : List.of("!", "zz", "\uFFFD")) {
            found(
                    Invariant.PAYMENTS_MATCH_ORDERS,
                    "user_id",
                    user,
                    "insert into <commerce>balance_changes (user_id, number, balance_before, amount, balance_after, code,"
                            + " note, reference, order_id, part, changed_at) select '" + user
                            + "', 1, 7, -7, 0, 'PAYMENT', '', '', 999999, 1, placed_at from <commerce>orders where id = "
                            + id("orders"));
        }
        found(Invariant.PAYMENTS_MATCH_ORDERS, "status", "null", "delete from <commerce>orders");
    }

    @Test
    @Tag("S4")
    void stock_of_no_option_and_options_of_no_product() throws SQLException {
        found(
                Invariant.STOCK_WITHIN_BOUNDS,
                "option_id",
                999_999,
                "insert into <commerce>stock (option_id, on_hand, reserved, changed_at)"
                        + " values (999999, 5, 0, timestamp '2030-01-01 00:00:00')");
        long option = least("order_lines", "option_id", row -> true);
        found(
                Invariant.STOCK_WITHIN_BOUNDS,
                "option_id",
                option,
                "delete from <commerce>product_options where id = " + option);
        found(
                Invariant.STOCK_ON_HAND_EXPLAINED,
                "option_id",
                option,
                "delete from <commerce>products",
                "update <commerce>stock set on_hand = on_hand + 1 where option_id = " + option);
        found(
                Invariant.STOCK_RESERVED_EXPLAINED,
                "option_id",
                option,
                "update <commerce>product_options set product_id = 999999 where id = " + option,
                "update <commerce>order_lines set product_id = 999999 where option_id = " + option,
                "update <commerce>stock set reserved = reserved + 1 where option_id = " + option);
        found(
                Invariant.RETURNED_STOCK_EXPLAINED,
                "option_id",
                option,
                "delete from <commerce>products",
                "update <commerce>stock_changes set kind = 'RETURN' where option_id = " + option);
    }

    @Test
    @Tag("S4")
    void a_line_of_another_product_or_of_no_option() throws SQLException {
        long order = id("orders");
        found(
                Invariant.ORDER_ADDS_UP,
                "order_id",
                order,
                "update <commerce>order_lines set product_id = product_id + 1 where number = 1 and order_id = "
                        + order);
        found(
                Invariant.ORDER_ADDS_UP,
                "order_id",
                order,
                "update <commerce>order_lines set option_id = 999999 where number = 1 and order_id = " + order);
    }

    @Test
    @Tag("M6")
    void what_was_given_back_with_no_return_and_returns_of_no_order() throws SQLException {
        long order = id("orders");
        found(
                Invariant.RETURNS_MATCH_LINES,
                "order_id",
                order,
                "insert into <commerce>return_lines (return_id, order_id, number, quantity, refund)"
                        + " values (999999, " + order + ", 1, 1, 0)");
        found(
                Invariant.RETURNS_MATCH_LINES,
                "order_id",
                999_999,
                "update <commerce>returns set order_id = 999999 where id = " + id("returns"),
                "delete from <commerce>return_lines");
        found(
                Invariant.RETURNS_REFUND_SHARES,
                "order_id",
                999_999,
                "update <commerce>returns set order_id = 999999, refund = refund + 1 where id = " + id("returns"));
    }

    @Test
    @Tag("J3")
    void events_of_no_order() throws SQLException {
        String events = "update <commerce>order_events set order_id = 999999 where order_id = %s and number = %s";
        long order = least("returns", "order_id", row -> true);
        found(
                Invariant.EVENTS_MATCH_ORDERS,
                "order_id",
                999_999,
                "update <commerce>order_events set order_id = 999999 where type = 'RETURNED' and number = 2 and order_id = "
                        + order);
        found(
                Invariant.EVENTS_IN_ORDER,
                "order_id",
                999_999,
                events.formatted(order, 1),
                events.formatted(order, 2),
                "update <commerce>order_events set status = 'WAITING', tries = 0 where order_id = 999999 and number = 1",
                "update <commerce>order_events set status = 'DELIVERED', tries = 1 where order_id = 999999 and number = 2");
    }

    @Test
    @Tag("T5")
    void a_key_before_all_others() throws SQLException {
        found(
                Invariant.KEYS_HAVE_OUTCOMES,
                "id",
                -7,
                "update <commerce>idempotency_keys set id = -7, result_id = 999999 where use_case = 'orders.cancel'");
    }

    /** Whatever is damaged: it is not taken for two things, and not lost between two chunks. */
    @Test
    void whatever_is_damaged_is_found_in_chunks_if_it_is_found_at_once() throws SQLException {
        long seed = System.nanoTime();
        List<Damage> some = new ArrayList<>(Damage.all(new Rows(rows.qualifier(), Map.of()), rows));
        Collections.shuffle(some, new Random(seed));
        int found = 0;
        for (Damage damage : some.subList(0, Math.min(DAMAGES, some.size()))) {
            if (isDone(damage)) {
                Set<Violation> atOnce = violations(10_000);
                holds(damage + " of those shuffled by " + seed, violations(5), atOnce);
                found += atOnce.isEmpty() ? 0 : 1;
            }
            connection.rollback();
        }
        assertThat(found).isPositive();
    }

    private void found(Invariant invariant, String column, Object value, String... damages) throws SQLException {
        hold(false);
        try (Statement statement = connection.createStatement()) {
            for (String damage : damages) {
                assertThat(statement.executeUpdate(own(damage))).as(damage).isPositive();
            }
        }
        hold(true);
        Set<Violation> atOnce = violations(10_000);
        assertThat(atOnce).as(List.of(damages).toString()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.row()).containsEntry(column, String.valueOf(value));
        });
        holds(List.of(damages).toString(), violations(2), atOnce);
        connection.rollback();
    }

    /** The shop refuses a connection without; H2 has one switch for all, and commits when it is turned. */
    private boolean isHeldForAll() {
        return database == Database.H2_IN_MEMORY || database == Database.H2_IN_FILE;
    }

    private boolean isDone(Damage damage) throws SQLException {
        hold(false);
        boolean done = damage.isDone(connection);
        if (!done) {
            connection.rollback();
        }
        hold(true);
        return done;
    }

    private void hold(boolean held) throws SQLException {
        if (!isHeldForAll()) {
            database.holdForeignKeys(connection, held);
        }
    }

    /** A line of another product is missed where it belongs, too, if the two are not in one chunk. */
    private static void holds(String damage, Set<Violation> inChunks, Set<Violation> atOnce) {
        assertThat(inChunks).as(damage).containsAll(atOnce);
        assertThat(inChunks.isEmpty()).as(damage).isEqualTo(atOnce.isEmpty());
    }

    private Set<Violation> violations(int chunk) {
        return new HashSet<>(JdbcCommerce.joining(connection)
                .clock(clock)
                .build()
                .jobs()
                .audit()
                .inChunksOf(chunk)
                .call()
                .violations());
    }

    private long id(String table) {
        return least(table, "id", row -> true);
    }

    private long least(String table, String column, Predicate<Map<String, Object>> which) {
        return rows.byTable().getOrDefault(table, Map.of()).values().stream()
                .filter(which)
                .mapToLong(row -> ((Number) row.getOrDefault(column, 0L)).longValue())
                .min()
                .orElseThrow();
    }
}
