package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.job.Audit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is damaged in a row that came or changed since a checkpoint, the audit of changes finds it if the whole one
 * does. Each damage is done and taken back in a transaction, in which both audits read.
 */
@Tag("J5")
class DamageSinceCheckpointTest extends PaymentTest {
    /** A few of them each time; {@code -Daudit.damages=100000} for all. */
    private static final int DAMAGES = Integer.getInteger("audit.damages", 80);

    /**
     * What the audit of changes does not look for, as it says: rows that are gone with all that tells of them, or whose
     * time was changed by which they are found, and what is kept of purged history.
     */
    private static final Pattern WITHOUT_TRACE = Pattern.compile("delete from \\S*(user_coupons|payments|refunds) .*"
            + "|update \\S*idempotency_keys set used_at .*|update \\S*users set opening_(paid|refunded) .*");

    private Checkpoint checkpoint = Checkpoint.NONE;
    private List<Damage> damages = List.of();

    @BeforeEach
    void everything_happens_before_a_checkpoint_and_since() throws SQLException {
        shop.close();
        shop = open(CommerceSettings.defaults());
        EventfulDay before = new EventfulDay(this, "a");
        before.passes();
        clock.advance(Duration.ofDays(1));
        Audit.Report report = shop.jobs().audit().call();
        assertThat(report.violations()).isEmpty();
        checkpoint = report.checkpoint();
        Rows then = Rows.of(pool);
        clock.advance(Duration.ofMinutes(30));
        before.ends();
        new EventfulDay(this, "b").passes();
        clock.advance(Duration.ofHours(1));
        damages = Damage.all(then, Rows.of(pool));
    }

    @Test
    void what_the_whole_audit_finds_of_a_row_that_has_changed_the_audit_of_changes_finds() throws SQLException {
        long seed = System.nanoTime();
        List<Damage> some = new ArrayList<>(damages);
        Collections.shuffle(some, new Random(seed));
        List<String> missed = new ArrayList<>();
        int found = 0;
        try (Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            assertThat(violations(connection, checkpoint)).isEmpty();
            for (Damage damage : some.subList(0, Math.min(DAMAGES, some.size()))) {
                if (damage.isDone(connection)) {
                    List<Violation> ofChanges = violations(connection, checkpoint);
                    if (!ofChanges.isEmpty()) {
                        found++;
                    } else if (!WITHOUT_TRACE.matcher(damage.statement()).matches()) {
                        violations(connection, Checkpoint.NONE).stream()
                                .findFirst()
                                .ifPresent(first -> missed.add(damage + " -> " + first));
                    }
                }
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
        assertThat(damages).hasSizeGreaterThan(1_000);
        assertThat(missed).as("of the damages shuffled by %s", seed).isEmpty();
        assertThat(found).isGreaterThan(some.size() < DAMAGES ? 200 : DAMAGES / 20);
    }

    private List<Violation> violations(Connection connection, Checkpoint after) {
        return JdbcCommerce.joining(connection)
                .clock(clock)
                .build()
                .jobs()
                .audit()
                .after(after)
                .call()
                .violations();
    }
}
