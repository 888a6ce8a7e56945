package io.github.embeddedcommerce.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The databases that every {@link ShopTest} runs on. */
enum Database {
    H2_IN_MEMORY {
        @Override
        HikariDataSource empty() {
            return pool("jdbc:h2:mem:" + UUID.randomUUID());
        }
    },
    H2_IN_FILE {
        @Override
        HikariDataSource empty() {
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "h2-");
                return pool("jdbc:h2:file:" + folder.toAbsolutePath().resolve("shop") + ";WRITE_DELAY=0");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    },
    POSTGRESQL {
        @Override
        HikariDataSource empty() {
            return pool(Servers.newPostgresDatabase());
        }

        @Override
        HikariDataSource withoutData() {
            return POSTGRES_SHOP.withoutData();
        }

        @Override
        void spoil() {
            POSTGRES_SHOP.forget();
        }
    },
    MARIADB {
        @Override
        HikariDataSource empty() {
            return pool(Servers.newMariaDatabase());
        }

        @Override
        HikariDataSource withoutData() {
            return MARIA_SHOP.withoutData();
        }

        @Override
        void spoil() {
            MARIA_SHOP.forget();
        }
    };

    private static final UsedShop POSTGRES_SHOP =
            new UsedShop(Servers::newPostgresDatabase, "set session_replication_role = replica");
    private static final UsedShop MARIA_SHOP = new UsedShop(Servers::newMariaDatabase, "set foreign_key_checks = 0");

    /** A pool on a database that has no tables yet. */
    abstract HikariDataSource empty();

    /**
     * A pool on a database that has no data of a shop yet, but may have its tables. To create them anew for each test
     * takes servers too long, so one database serves one test after the other.
     */
    HikariDataSource withoutData() {
        return empty();
    }

    /** The tables of the database that {@link #withoutData} led to are altered, no other test may use them. */
    void spoil() {}

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }
}
