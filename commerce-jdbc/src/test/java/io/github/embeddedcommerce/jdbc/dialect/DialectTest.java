package io.github.embeddedcommerce.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import java.net.ConnectException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The databases told apart, and their errors, as far as that can be done without one. */
class DialectTest {
    @ParameterizedTest
    @CsvSource({
        "H2, 2.5.252, H2",
        "PostgreSQL, 18.0, POSTGRESQL",
        "MariaDB, 11.4.5-MariaDB, MARIADB",
        "MySQL, 5.5.5-11.4.5-MariaDB, MARIADB",
        "MySQL, 8.0.17, MYSQL",
        "MySQL, 8.4.3, MYSQL",
        "MySQL, 9.7.4, MYSQL",
        "MariaDB, 10.6.0-MariaDB, MARIADB",
        "PostgreSQL, 10.0, POSTGRESQL",
        "H2, 2.2.220 (2023-07-04), H2"
    })
    @Tag("D1")
    void a_database_is_known_by_its_name_and_version(String product, String version, Dialect dialect) {
        assertThat(Dialect.named(product, version)).isEqualTo(dialect);
    }

    @ParameterizedTest
    @CsvSource({
        "Oracle, 23, Oracle is not a supported database",
        "Microsoft SQL Server, 16.0, Microsoft SQL Server is not a supported database",
        "MySQL, 5.7.44, MySQL 5.7.44 is too old",
        "MySQL, 8.0.16, MySQL 8.0.16 is too old: use 8.0.17 or later",
        "MySQL, 5.5.5-10.5.29-MariaDB, MariaDB 10.5.29-MariaDB is too old: use 10.6.0 or later",
        "MySQL, 10.5.29-MariaDB, MariaDB 10.5.29-MariaDB is too old",
        "MariaDB, 10.5.29-MariaDB, MariaDB 10.5.29-MariaDB is too old",
        "PostgreSQL, 9.6.24, PostgreSQL 9.6.24 is too old",
        "H2, 2.1.214, H2 2.1.214 is too old: use 2.2.220 or later",
        "H2, 1.4.200, H2 1.4.200 is too old"
    })
    @Tag("D1")
    void a_database_that_will_not_do_is_refused_by_its_name(String product, String version, String words) {
        assertThatThrownBy(() -> Dialect.named(product, version))
                .isInstanceOfSatisfying(CommerceException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
                    assertThat(refusal.getMessage()).contains(words);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "H2, 40001, 40001, DEADLOCK",
        "H2, HYT00, 50200, LOCK_TIMEOUT",
        "H2, 90131, 90131, SERIALIZATION_FAILURE",
        "H2, 23505, 23505, UNIQUE_VIOLATION",
        "H2, 90067, 90067, CONNECTION_LOST",
        "H2, 90098, 90098, CONNECTION_LOST",
        "H2, 90121, 90121, CONNECTION_LOST",
        "H2, 90097, 90097, READ_ONLY",
        "H2, 42S02, 42102, SCHEMA_MISSING",
        "H2, 42S04, 42104, SCHEMA_MISSING",
        "H2, 42S22, 42122, SCHEMA_MISSING",
        "H2, 90079, 90079, SCHEMA_MISSING",
        "H2, 28000, 28000, ACCESS_DENIED",
        "H2, 90096, 90096, ACCESS_DENIED",
        "H2, 90020, 90020, DATABASE_IN_USE",
        "H2, 23513, 23513, OTHER",
        "POSTGRESQL, 40P01, 0, DEADLOCK",
        "POSTGRESQL, 40001, 0, SERIALIZATION_FAILURE",
        "POSTGRESQL, 55P03, 0, LOCK_TIMEOUT",
        "POSTGRESQL, 23505, 0, UNIQUE_VIOLATION",
        "POSTGRESQL, 08006, 0, CONNECTION_LOST",
        "POSTGRESQL, 57P01, 0, CONNECTION_LOST",
        "POSTGRESQL, 57P02, 0, CONNECTION_LOST",
        "POSTGRESQL, 57P03, 0, CONNECTION_LOST",
        "POSTGRESQL, 25P03, 0, CONNECTION_LOST",
        "POSTGRESQL, 53300, 0, BUSY",
        "POSTGRESQL, 25006, 0, READ_ONLY",
        "POSTGRESQL, 42P01, 0, SCHEMA_MISSING",
        "POSTGRESQL, 42703, 0, SCHEMA_MISSING",
        "POSTGRESQL, 3F000, 0, SCHEMA_MISSING",
        "POSTGRESQL, 42501, 0, ACCESS_DENIED",
        "POSTGRESQL, 28P01, 0, ACCESS_DENIED",
        "POSTGRESQL, 23514, 0, OTHER",
        "MARIADB, 40001, 1213, DEADLOCK",
        "MARIADB, HY000, 1205, LOCK_TIMEOUT",
        "MARIADB, HY000, 1467, LOCK_TIMEOUT",
        "MARIADB, HY000, 1020, SERIALIZATION_FAILURE",
        "MARIADB, 40001, 0, SERIALIZATION_FAILURE",
        "MARIADB, 23000, 1062, UNIQUE_VIOLATION",
        "MARIADB, 08S01, 0, CONNECTION_LOST",
        "MARIADB, 70100, 1927, CONNECTION_LOST",
        "MARIADB, HY000, 2006, CONNECTION_LOST",
        "MARIADB, HY000, 2013, CONNECTION_LOST",
        "MARIADB, HY000, 4031, CONNECTION_LOST",
        "MARIADB, 08004, 1040, BUSY",
        "MARIADB, 23000, 1452, OTHER",
        "MARIADB, HY000, 1290, READ_ONLY",
        "MARIADB, 25006, 1792, READ_ONLY",
        "MARIADB, 42S02, 1146, SCHEMA_MISSING",
        "MARIADB, 42S22, 1054, SCHEMA_MISSING",
        "MARIADB, 42000, 1049, SCHEMA_MISSING",
        "MARIADB, 28000, 1045, ACCESS_DENIED",
        "MARIADB, 42000, 1142, ACCESS_DENIED",
        "MYSQL, 40001, 1213, DEADLOCK",
        "MYSQL, HY000, 1836, READ_ONLY",
        "MYSQL, HY000, 4031, CONNECTION_LOST"
    })
    @Tag("T3")
    void trouble_is_known_by_its_codes(Dialect dialect, String state, int code, StorageError error) {
        assertThat(dialect.errorOf(state, code)).isEqualTo(error);
        SQLException batch = new SQLException("batch");
        batch.setNextException(new SQLException("row", state, code));
        assertThat(SqlFailure.errorOf(new IllegalStateException(batch), dialect))
                .contains(error);
    }

    @Test
    @Tag("T3")
    void what_is_none_of_the_databases_is_not_taken_for_trouble() {
        assertThat(SqlFailure.errorOf(new IllegalStateException("a bug"), Dialect.H2))
                .isEmpty();
    }

    @Test
    @Tag("E3")
    void a_pool_that_has_no_connection_is_busy_unless_what_is_behind_it_says_that_the_server_is_gone() {
        SQLException gone = new SQLException("refused", "08001");

        assertThat(noConnection(null)).contains(StorageError.BUSY);
        assertThat(noConnection(new IllegalStateException())).contains(StorageError.BUSY);
        assertThat(noConnection(gone)).contains(StorageError.CONNECTION_LOST);
        assertThat(noConnection(new ConnectException())).contains(StorageError.CONNECTION_LOST);
        assertThat(noConnection(new SQLException("too many", "53300"))).contains(StorageError.BUSY);
    }

    @Test
    @Tag("E3")
    void an_interrupt_of_another_thread_is_a_lost_connection_to_this_one() {
        SQLException closing = new SQLException("closed", new ClosedByInterruptException());

        assertThat(SqlFailure.errorOf(closing, Dialect.H2)).contains(StorageError.CONNECTION_LOST);
        Thread.currentThread().interrupt();
        assertThat(SqlFailure.errorOf(closing, Dialect.H2)).contains(StorageError.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Optional<StorageError> noConnection(@Nullable Exception cause) {
        return SqlFailure.errorOf(
                new SQLTransientConnectionException("no connection", null, 0, cause), Dialect.POSTGRESQL);
    }

    @Test
    @Tag("T4")
    void a_bound_in_whole_seconds_is_rounded_up() {
        Map<Duration, Long> seconds = Map.of(
                Duration.ofMillis(1), 1L,
                Duration.ofMillis(1_000), 1L,
                Duration.ofMillis(1_001), 2L,
                Duration.ofHours(1), 3_600L);
        seconds.forEach((bound, expected) ->
                assertThat(ConnectionSetup.wholeSeconds(bound)).isEqualTo(expected));
    }

    @Test
    @Tag("D1")
    void a_url_tells_the_dialect_before_there_is_a_connection() {
        assertThat(Dialect.ofUrl("jdbc:h2:mem:x")).contains(Dialect.H2);
        assertThat(Dialect.ofUrl("jdbc:postgresql://db/shop")).contains(Dialect.POSTGRESQL);
        assertThat(Dialect.ofUrl("jdbc:mariadb://db/shop")).contains(Dialect.MARIADB);
        assertThat(Dialect.ofUrl("jdbc:mysql://db/shop")).contains(Dialect.MYSQL);
        assertThat(Dialect.ofUrl("jdbc:oracle:thin:@db")).isEmpty();
        assertThat(Dialect.ofUrl("nonsense")).isEmpty();
    }
}
