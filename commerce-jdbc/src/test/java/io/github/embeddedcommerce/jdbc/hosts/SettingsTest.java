package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.Servers;
import io.github.embeddedcommerce.jdbc.fixture.ShortStory;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.engine.Mode.ModeEnum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Settings that change what SQL means: the shop works all the same, or is refused when it is opened, before a table is
 * created, with a sentence that says what the database does not do.
 */
@Tag("D4")
class SettingsTest {
    private static final AtomicInteger STORIES = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(value = ModeEnum.class, names = "Oracle", mode = EnumSource.Mode.EXCLUDE)
    void h2_works_in_mode(ModeEnum mode) {
        works(h2("MODE=" + mode));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "DATABASE_TO_UPPER=FALSE",
                "DEFAULT_NULL_ORDERING=LAST",
                "COLLATION=ENGLISH STRENGTH TERTIARY",
                "DEFAULT_ESCAPE=",
                "TIME ZONE=America/New_York",
                "LOCK_MODE=0",
                "MAX_LENGTH_INPLACE_LOB=1",
                "NON_KEYWORDS=VALUE,USER"
            })
    void h2_works_with(String setting) {
        works(h2(setting));
    }

    @ParameterizedTest
    @CsvSource({
        "MODE=Oracle, tell an empty text from none",
        "IGNORECASE=TRUE, tell texts apart that differ in case",
        "COLLATION=ENGLISH STRENGTH PRIMARY, 'differ in case, or tell texts apart that differ in accents, or tell'",
        "COLLATION=ENGLISH STRENGTH SECONDARY, tell texts apart that differ in case"
    })
    void h2_is_refused_with(String setting, String words) throws SQLException {
        String url = h2(setting);
        try (Connection connection = DriverManager.getConnection(url)) {
            refused(url, words);
            assertThat(tables(connection)).isEmpty();
        }
    }

    /** Our pool tells each connection its bound on lock waits, so it has none: the pool is one of the host's. */
    @Test
    void h2_is_refused_without_literals() throws SQLException {
        try (HikariDataSource pool = Database.pool(h2("ALLOW_LITERALS=NONE"));
                Connection connection = pool.getConnection()) {
            refused(() -> JdbcCommerce.using(pool).build(), "Literals of this kind are not allowed");
            assertThat(tables(connection)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "REAL_AS_FLOAT,PIPES_AS_CONCAT,IGNORE_SPACE,IGNORE_BAD_TABLE_OPTIONS",
                "ANSI_QUOTES",
                "ONLY_FULL_GROUP_BY",
                "NO_UNSIGNED_SUBTRACTION,NO_DIR_IN_CREATE",
                "POSTGRESQL",
                "ORACLE",
                "MSSQL",
                "DB2",
                "MAXDB",
                "ANSI",
                "MYSQL323",
                "MYSQL40",
                "TRADITIONAL",
                "NO_AUTO_VALUE_ON_ZERO",
                "NO_BACKSLASH_ESCAPES",
                "NO_ZERO_IN_DATE,NO_ZERO_DATE,ALLOW_INVALID_DATES",
                "ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION",
                "HIGH_NOT_PRECEDENCE",
                "PAD_CHAR_TO_FULL_LENGTH",
                "SIMULTANEOUS_ASSIGNMENT",
                "TIME_ROUND_FRACTIONAL"
            })
    void mariadb_works_in_sql_mode(String mode) {
        works(Maria.SHOP + "&sessionVariables=sql_mode='STRICT_TRANS_TABLES," + mode + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANSI,STRICT_ALL_TABLES", "ORACLE,STRICT_TRANS_TABLES", "TRADITIONAL,NO_BACKSLASH_ESCAPES"})
    void mariadb_creates_the_tables_in_sql_mode(String mode) {
        works(Servers.newMariaDatabase() + "&sessionVariables=sql_mode='" + mode + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbcCompliantTruncation=false&sessionVariables=sql_mode='' | refuse a value that does not fit",
                "sessionVariables=sql_mode='STRICT_TRANS_TABLES,EMPTY_STRING_IS_NULL' | tell an empty text from none",
                "sessionVariables=foreign_key_checks=0 | hold foreign keys and checks",
                "sessionVariables=check_constraint_checks=0 | hold foreign keys and checks"
            })
    void mariadb_is_refused_with(String setting, String words) {
        refused(Maria.SHOP + "&" + setting, words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"time_zone='+05:00'", "sql_safe_updates=1", "sql_auto_is_null=1", "div_precision_increment=0"})
    void mariadb_works_with(String variable) {
        works(Maria.SHOP + "&sessionVariables=" + variable);
    }

    @ParameterizedTest
    @CsvSource({"LATIN1", "SQL_ASCII"})
    void postgresql_is_refused_in_an_encoding_without_every_character(String encoding) throws SQLException {
        String url = Servers.newPostgresDatabase();
        String name = "e" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " encoding '" + encoding
                    + "' template template0 lc_collate 'C' lc_ctype 'C'");
        }
        refused(url.replaceFirst("/[^/?]+\\?", "/" + name + "?"), "look at the encoding of the database");
    }

    @Test
    void postgresql_is_refused_where_it_holds_no_foreign_keys() {
        refused(
                Servers.newPostgresDatabase() + "&options=-c%20session_replication_role=replica",
                "hold foreign keys and checks");
    }

    @Test
    void a_shop_that_joins_transactions_is_refused_at_its_first_use() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        try (CommerceFacade shop = JdbcCommerce.open(url).build();
                Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            shop.users().register(new UserId("ann"));
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            CommerceFacade joined = JdbcCommerce.joining(connection).build();
            joined.users().get(new UserId("ann"));

            statement.execute("set mode oracle");
            CommerceFacade next = JdbcCommerce.joining(connection).build();
            CommerceFacade within = JdbcCommerce.within(new SingleConnectionDataSource(connection, true))
                    .inTransactionWhen(() -> true)
                    .build();
            refused(() -> next.users().register(new UserId("bob")), "tell an empty text from none");
            refused(() -> within.users().register(new UserId("bob")), "tell an empty text from none");
            connection.commit();
            try (ResultSet users = statement.executeQuery("select count(*) from commerce.users")) {
                assertThat(users.next()).isTrue();
                assertThat(users.getInt(1)).isEqualTo(1);
            }
            statement.execute("set mode regular");
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet table = connection.getMetaData().getTables(null, null, "%", null)) {
            while (table.next()) {
                if (!table.getString("TABLE_SCHEM").equalsIgnoreCase("INFORMATION_SCHEMA")) {
                    tables.add(table.getString("TABLE_NAME"));
                }
            }
        }
        return tables;
    }

    private static String h2(String setting) {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";" + setting;
    }

    private static final class Maria {
        /** With its tables, made as they usually are. */
        static final String SHOP = Servers.newMariaDatabase();

        static {
            JdbcCommerce.open(SHOP).build().close();
        }
    }

    private static void works(String url) {
        try (CommerceFacade shop = JdbcCommerce.open(url).poolSize(2).build()) {
            ShortStory.tell(shop, "story" + STORIES.incrementAndGet());
            JdbcCommerce.open(url).poolSize(2).build().close();
        }
    }

    private static void refused(String url, String... words) {
        refused(() -> JdbcCommerce.open(url).poolSize(2).build(), words);
        try (HikariDataSource pool = Database.pool(url)) {
            refused(() -> JdbcCommerce.using(pool).build(), words);
            refused(() -> JdbcCommerce.using(pool).withoutMigration().build(), words);
        }
    }

    private static void refused(ThrowingCallable opening, String... words) {
        assertThatThrownBy(opening).isInstanceOfSatisfying(CommerceException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
            assertThat(refusal.getMessage()).contains("this database does not").contains(words);
        });
    }
}
