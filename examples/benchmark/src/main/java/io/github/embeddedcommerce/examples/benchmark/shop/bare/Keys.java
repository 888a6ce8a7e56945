package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Idempotency keys: taken at the start of a call, with what it came to at its end. */
final class Keys {
    private final Sql sql;
    private final String claim;
    private final String keep;

    Keys(Sql sql) {
        this.sql = sql;
        this.claim = sql.text("""
                insert into #idempotency_keys
                  (owner, idempotency_key, use_case, fingerprint, used_at)
                select ?, ?, ?, ?, ?
                from (select 1 as one) x
                where not exists (select 1 from #idempotency_keys where owner = ? and idempotency_key = ?)
                """ + sql.unlessThere());
        this.keep = sql.text("""
                update #idempotency_keys
                set result_id = ?, result_value = ?, used_at = ?
                where owner = ? and idempotency_key = ?
                """);
    }

    void claim(Connection connection, Call call, Instant now) throws SQLException {
        sql.updateOne(
                connection, claim, call.user, call.key, call.useCase, call.fingerprint(), now, call.user, call.key);
    }

    void keep(Connection connection, Call call, long order, @Nullable Long balance, Instant at) throws SQLException {
        sql.updateOne(connection, keep, order, balance, at, call.user, call.key);
    }

    /** A call and its key. */
    record Call(String user, String key, String useCase, List<?> parts) {
        /** SHA-256 of all that is asked for, each part with its length. */
        String fingerprint() {
            StringBuilder text = new StringBuilder(useCase);
            for (Object part : parts) {
                String written = part.toString();
                text.append('\n').append(written.length()).append(':').append(written);
            }
            try {
                byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("every Java platform has SHA-256", missing);
            }
        }
    }
}
