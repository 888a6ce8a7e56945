package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.Validation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a database, as it is set up and through the driver as that is set up, compares and keeps values as the shop
 * needs it. It is asked to, in one query that needs no table; settings are looked at only where nothing else shows.
 */
public final class SettingsCheck {
    private static final String TEXT = "\u65e5\u00e9\ud83d\ude00";
    private static final String TWO_CHARACTERS = "\u65e5\u00e9";
    private static final long NUMBER = (1L << 53) + 1; // the first that a double cannot hold
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.123456Z");

    private static final String CASE = "tell texts apart that differ in case";
    private static final String ACCENTS = "tell texts apart that differ in accents";
    private static final String SPACES = "tell texts apart that differ in spaces at the end";
    private static final String EMPTY = "tell an empty text from none";
    private static final String CHARACTERS = "keep every character of a text";
    private static final String TIMES = "keep times in UTC to the microsecond";
    private static final String NUMBERS = "keep whole numbers of 64 bits";
    private static final String STRICT = "refuse a value that does not fit";
    private static final String KEYS = "hold foreign keys and checks";

    private SettingsCheck() {}

    /** What the database must do, and the condition in SQL that holds if it does. */
    private record Behaviour(String verb, String condition) {}

    /**
     * Asks the database behind this connection, which stays as it is.
     *
     * @throws CommerceException VALIDATION_ERROR naming what the database does not do, and the settings to look at
     */
    public static void require(Connection connection, Dialect dialect) throws SQLException {
        List<Behaviour> behaviours = behaviours(dialect);
        List<String> missing = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(query(behaviours, dialect))) {
            bind(query, dialect);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                for (int i = 0; i < behaviours.size(); i++) {
                    if (row.getInt(i + 1) != 1) {
                        missing.add(behaviours.get(i).verb());
                    }
                }
                addUnlessKept(missing, row, behaviours.size() + 1, dialect);
            }
        } catch (SQLException failure) {
            if (SqlFailure.errorOf(failure, dialect).orElse(StorageError.OTHER) != StorageError.OTHER) {
                throw failure;
            }
            CommerceException refusal = refusal("answer simple questions: " + failure.getMessage(), dialect);
            refusal.initCause(failure);
            throw refusal;
        }
        if (!missing.isEmpty()) {
            throw refusal(String.join(", or ", missing), dialect);
        }
    }

    private static void addUnlessKept(List<String> missing, ResultSet row, int from, Dialect dialect)
            throws SQLException {
        if (!TEXT.equals(row.getString(from))) {
            missing.add(CHARACTERS);
        }
        if (row.getLong(from + 1) != NUMBER) {
            missing.add(NUMBERS);
        }
        if (!TIME.equals(dialect.instant(row, from + 2)) && !missing.contains(TIMES)) {
            missing.add(TIMES);
        }
    }

    private static CommerceException refusal(String what, Dialect dialect) {
        return Validation.refusal(
                "this database does not " + what + ", as the shop needs: look at " + settings(dialect),
                Map.of("database", dialect.toString(), "lacks", what));
    }

    private static String query(List<Behaviour> behaviours, Dialect dialect) {
        StringBuilder query = new StringBuilder("select ");
        for (Behaviour behaviour : behaviours) {
            query.append("case when ").append(behaviour.condition()).append(" then 1 else 0 end, ");
        }
        return query + "cast(? as " + text(dialect) + "), cast(? as " + number(dialect) + "), cast(? as "
                + time(dialect) + ")";
    }

    private static void bind(PreparedStatement query, Dialect dialect) throws SQLException {
        query.setString(1, TWO_CHARACTERS);
        query.setObject(2, dialect.written(TIME));
        query.setString(3, TEXT);
        query.setLong(4, NUMBER);
        query.setObject(5, dialect.written(TIME));
    }

    /** The conditions have two parameters: a text of two characters, and a time. */
    private static List<Behaviour> behaviours(Dialect dialect) {
        List<Behaviour> all = new ArrayList<>();
        String a = "cast('a' as " + text(dialect) + ")" + collated(dialect);
        all.add(new Behaviour(CASE, a + " <> 'A'"));
        all.add(new Behaviour(ACCENTS, a + " <> '\u00e1'"));
        all.add(new Behaviour(SPACES, a + " <> 'a '"));
        all.add(new Behaviour(EMPTY, "cast('' as " + text(dialect) + ") is not null"));
        all.add(new Behaviour(CHARACTERS, "char_length(cast(? as " + text(dialect) + ")) = 2"));
        all.add(new Behaviour(
                TIMES,
                "cast(? as " + time(dialect) + ") = cast('2026-01-02 03:04:05.123456" + utc(dialect) + "' as "
                        + time(dialect) + ")"));
        switch (dialect) {
            case H2 -> {}
            case POSTGRESQL -> all.add(new Behaviour(KEYS, "current_setting('session_replication_role') = 'origin'"));
            case MARIADB -> {
                all.add(new Behaviour(STRICT, "@@sql_mode like '%STRICT%'"));
                all.add(new Behaviour(KEYS, "@@foreign_key_checks = 1 and @@check_constraint_checks = 1"));
            }
            case MYSQL -> {
                all.add(new Behaviour(STRICT, "@@sql_mode like '%STRICT%'"));
                all.add(new Behaviour(KEYS, "@@foreign_key_checks = 1"));
            }
        }
        return all;
    }

    /** Where a column has a collation of its own, as ours have on MariaDB and MySQL, so must what stands for it. */
    private static String collated(Dialect dialect) {
        return dialect.collation().isEmpty() ? "" : " collate " + dialect.collation();
    }

    private static String text(Dialect dialect) {
        return dialect.collation().isEmpty() ? "varchar(10)" : "char(10) character set utf8mb4";
    }

    private static String number(Dialect dialect) {
        return dialect.collation().isEmpty() ? "bigint" : "signed";
    }

    private static String time(Dialect dialect) {
        return dialect.collation().isEmpty() ? "timestamp(6) with time zone" : "datetime(6)";
    }

    private static String utc(Dialect dialect) {
        return dialect.collation().isEmpty() ? "+00:00" : "";
    }

    private static String settings(Dialect dialect) {
        return switch (dialect) {
            case H2 -> "MODE, IGNORECASE, COLLATION and ALLOW_LITERALS";
            case POSTGRESQL -> "the encoding of the database, its collation and session_replication_role";
            case MARIADB, MYSQL ->
                "sql_mode, foreign_key_checks, check_constraint_checks, and the character set and time settings of the"
                        + " driver";
        };
    }
}
