package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.jdbc.fixture.Servers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * PostgreSQL as it comes, of the test's own: it writes to disk what it commits, because it is killed with all its
 * processes, as by a power cut, but for the disk's cache, and started again on what it left there.
 */
final class PostgresServer implements Server {
    private final Path data;
    private EmbeddedPostgres server;

    PostgresServer(Path folder) throws IOException {
        this.data = folder.resolve("postgres");
        this.server = builder().start();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Servers.folder("postgres").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setPGStartupWait(Duration.ofMinutes(5));
    }

    @Override
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void goDown() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
        Server.killWithChildren(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }

    @Override
    public void comeBack() throws Exception {
        int port = server.getPort();
        server.close(); // gives back the lock on the folder
        server = builder().setPort(port).start();
        await();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
