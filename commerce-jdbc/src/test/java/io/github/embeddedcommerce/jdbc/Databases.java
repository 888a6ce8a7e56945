package io.github.embeddedcommerce.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.UUID;

/** The databases that the tests run on. */
final class Databases {
    private Databases() {}

    static HikariDataSource h2InMemory() {
        return pool("jdbc:h2:mem:" + UUID.randomUUID());
    }

    static HikariDataSource h2InFile(Path folder) {
        return pool("jdbc:h2:file:" + folder.resolve("shop") + ";WRITE_DELAY=0");
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(16);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }
}
