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
    },
    MARIADB {
        @Override
        HikariDataSource empty() {
            return pool(Servers.newMariaDatabase());
        }
    };

    /** A pool on a database that has no shop yet. */
    abstract HikariDataSource empty();

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }
}
