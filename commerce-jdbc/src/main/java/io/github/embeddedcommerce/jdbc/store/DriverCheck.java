package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.store.SqlSession.Query;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether driver and database answer as the shop needs it: an update counts the rows that it finds, changed or not,
 * each statement of a batch has a count of its own, generated keys belong to the rows that were inserted, and each of
 * several selects sent at once has its own rows. Drivers have settings that say otherwise. It is tried with rows of its
 * own, in the ways in which the shop reads and writes.
 */
public final class DriverCheck {
    private static final String INSERT = """
            insert into <commerce>idempotency_keys (owner, idempotency_key, use_case, fingerprint, used_at)
            select '', ?, 'users.topUp', '', ?
            from (select 1 as one) x
            where not exists (select 1 from <commerce>idempotency_keys where owner = '' and idempotency_key = ?)
            <unless_there>
            """;

    private static final String UPDATE = "update <commerce>idempotency_keys set used_at = used_at where id = ?";

    private static final String PROTOCOL_VIOLATION = "08P01";

    private final SqlSession session;

    private DriverCheck(SqlSession session) {
        this.session = session;
    }

    /**
     * Tries it in the transaction of this connection, which the caller rolls back.
     *
     * @throws CommerceException VALIDATION_ERROR if they answer otherwise, naming the settings to look at
     */
    public static void require(Connection connection, Dialect dialect, TableNames tables, CurrencyUnit currency) {
        new DriverCheck(new SqlSession(
                        connection,
                        new ShopSql(dialect, tables, currency, UnaryOperator.identity()),
                        new RowLocks("opening", dialect)))
                .require(dialect);
    }

    private void require(Dialect dialect) {
        String key = UUID.randomUUID() + " ";
        List<Optional<Long>> ids = session.insert(
                INSERT, List.of(row(key + 1), row(key + 2), row(key + 2), row(key + 3), row(key + 4), row(key + 5)));
        List<Long> inserted = ids.stream().flatMap(Optional::stream).toList();
        refuseUnless(
                ids.get(2).isEmpty() && inserted.equals(idsOf(key)),
                "does not say which rows of a batch were inserted, and under which keys",
                dialect);
        refuseUnless(
                answersEach(inserted.get(1)), "does not answer each of several selects that are sent at once", dialect);
        refuseUnless(counts(inserted), "does not count the rows that an update finds and leaves as they are", dialect);
    }

    private boolean answersEach(long id) {
        try {
            return session.queryAll(List.of(
                            new Query<>(
                                    row -> row.getString("use_case"),
                                    "select id, owner, use_case from <commerce>idempotency_keys where id = ?",
                                    id),
                            new Query<>(
                                    row -> row.getLong("id"),
                                    "select use_case, id from <commerce>idempotency_keys where id = ? for update",
                                    id)))
                    .equals(List.of(List.of("users.topUp"), List.of(id)));
        } catch (StatementFailed failure) {
            if (PROTOCOL_VIOLATION.equals(failure.sqlState())) {
                return false;
            }
            throw failure;
        }
    }

    private boolean counts(List<Long> ids) {
        List<@Nullable Object[]> rows =
                ids.stream().map(id -> new @Nullable Object[] {id}).toList();
        try {
            UpdateCounts.each(session.updateEach(UPDATE, rows), "idempotency_keys");
            session.updateLater("idempotency_keys", UPDATE, rows);
            session.flush();
            return session.update(UPDATE, ids.get(0)) == 1 && session.update(UPDATE, -1L) == 0;
        } catch (IllegalStateException miscounted) {
            return false;
        }
    }

    private static @Nullable Object[] row(String key) {
        return new @Nullable Object[] {key, Instant.EPOCH, key};
    }

    private List<Long> idsOf(String key) {
        return session.query(
                row -> row.getLong("id"),
                "select id from <commerce>idempotency_keys where owner = '' and idempotency_key in (?) order by"
                        + " idempotency_key",
                List.of(key + 1, key + 2, key + 3, key + 4, key + 5));
    }

    private static void refuseUnless(boolean right, String what, Dialect dialect) {
        if (!right) {
            throw Validation.refusal(
                    "the driver " + what + ", as the shop needs to know: leave " + settings(dialect)
                            + " as the driver has it by default",
                    Map.of("database", dialect.toString()));
        }
    }

    private static String settings(Dialect dialect) {
        return switch (dialect) {
            case H2 -> "what is set for it";
            case POSTGRESQL -> "prepareThreshold (which must not be negative), reWriteBatchedInserts and the like";
            case MARIADB, MYSQL -> "useAffectedRows, useBulkStmts, useBulkStmtsForInserts and rewriteBatchedStatements";
        };
    }
}
