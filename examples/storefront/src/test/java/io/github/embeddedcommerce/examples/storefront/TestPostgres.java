package io.github.embeddedcommerce.examples.storefront;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** A PostgreSQL of our own that can be stopped and started again. It does not wait for the disk. Not thread-safe. */
final class TestPostgres implements AutoCloseable {
    private static final Path BINARIES = Path.of("target", "postgresql").toAbsolutePath();

    private final Path data;
    private EmbeddedPostgres server;

    /** @param folder where its data is put */
    TestPostgres(Path folder) {
        data = folder.resolve("data");
        server = started(0);
    }

    private EmbeddedPostgres started(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(BINARIES.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "off")
                    .setPort(port)
                    .setPGStartupWait(Duration.ofMinutes(5))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL does not start", failure);
        }
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** Ends it as an administrator would: whoever is connected is thrown out. */
    void stop() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts it again, at the same port and with the same data. */
    void startAgain() {
        server = started(server.getPort());
    }

    @Override
    public void close() {
        stop();
    }
}
