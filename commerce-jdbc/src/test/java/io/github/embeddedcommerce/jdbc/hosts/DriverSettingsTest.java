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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of drivers: the shop works under each, or is refused when it is opened, however it is opened. */
@Tag("D4")
class DriverSettingsTest {
    private static final Supplier<String> MARIADB = shop(Servers::newMariaDatabase);
    private static final Supplier<String> POSTGRESQL = shop(Servers::newPostgresDatabase);
    private static final AtomicInteger STORIES = new AtomicInteger();

    /** A database with the tables of a shop, for all tests. */
    private static Supplier<String> shop(Supplier<String> newDatabase) {
        return new Supplier<>() {
            private String url = "";

            @Override
            public String get() {
                if (url.isEmpty()) {
                    url = newDatabase.get();
                    JdbcCommerce.open(url).build().close();
                }
                return url;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "useServerPrepStmts=true",
                "useBulkStmtsForInserts=false",
                "useBulkStmtsForInserts=true&allowMultiQueries=true",
                "rewriteBatchedStatements=true",
                "disablePipeline=true",
                "allowMultiQueries=false",
                "tinyInt1isBit=false",
                "transformedBitIsBoolean=false",
                "connectionTimeZone=America/New_York",
                "connectionTimeZone=+05:00&forceConnectionTimeZoneToSession=true",
                "autocommit=false",
                "cachePrepStmts=false",
                "useCompression=true",
                "defaultFetchSize=1",
                "transactionIsolation=SERIALIZABLE",
                "jdbcCompliantTruncation=true"
            })
    void mariadb_works_with(String setting) {
        works(MARIADB.get() + "&" + setting);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "useAffectedRows=true",
                "useAffectedRows=true&allowMultiQueries=true&useBulkStmts=true",
                "useServerPrepStmts=true&useBulkStmts=true"
            })
    void mariadb_is_refused_with(String setting) {
        refused(MARIADB.get() + "&" + setting, "does not count the rows that an update finds", "useAffectedRows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepareThreshold=0",
                "prepareThreshold=1",
                "preferQueryMode=simple",
                "preferQueryMode=extendedForPrepared",
                "reWriteBatchedInserts=true",
                "binaryTransfer=false",
                "autosave=always",
                "cleanupSavepoints=true&autosave=always",
                "defaultRowFetchSize=1",
                "stringtype=unspecified",
                "options=-c%20TimeZone=America/New_York%20-c%20DateStyle=SQL,DMY",
                "options=-c%20default_transaction_isolation=serializable"
            })
    void postgresql_works_with(String setting) {
        works(POSTGRESQL.get() + "&" + setting);
    }

    @ParameterizedTest
    @ValueSource(strings = "prepareThreshold=-1")
    void postgresql_is_refused_with(String setting) {
        refused(POSTGRESQL.get() + "&" + setting, "does not answer each of several selects", "prepareThreshold");
    }

    private static void works(String url) {
        try (CommerceFacade shop = JdbcCommerce.open(url).poolSize(2).build()) {
            ShortStory.tell(shop, "story" + STORIES.incrementAndGet());
        }
        try (HikariDataSource pool = Database.pool(url)) {
            JdbcCommerce.using(pool).withoutMigration().build().close();
        }
    }

    private static void refused(String url, String... words) {
        refused(() -> JdbcCommerce.open(url).build(), words);
        try (HikariDataSource pool = Database.pool(url)) {
            refused(() -> JdbcCommerce.using(pool).build(), words);
            refused(() -> JdbcCommerce.using(pool).withoutMigration().build(), words);
            refused(() -> JdbcCommerce.using(pool).schema().verify(), words);
        }
    }

    private static void refused(ThrowingCallable opening, String... words) {
        assertThatThrownBy(opening).isInstanceOfSatisfying(CommerceException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
            assertThat(refusal.getMessage()).contains(words);
        });
    }
}
