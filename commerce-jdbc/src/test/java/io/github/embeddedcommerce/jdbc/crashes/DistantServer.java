package io.github.embeddedcommerce.jdbc.crashes;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.TcpProxy;
import java.sql.SQLException;

/** A server that somebody has: it goes on, and what is lost is the network to it, with every connection. */
final class DistantServer implements Server {
    private final TcpProxy network;
    private final String url;

    DistantServer(Database database) {
        try (HikariDataSource pool = database.empty()) {
            this.network = TcpProxy.before(pool.getJdbcUrl());
            this.url = network.through(pool.getJdbcUrl());
        }
    }

    @Override
    public String url() {
        return url;
    }

    /** What is under way is still done, and nobody hears of it. */
    @Override
    public void goDown() {
        network.fallSilent();
    }

    @Override
    public void comeBack() throws SQLException {
        network.cut();
        network.speakAgain();
        await();
    }

    @Override
    public void close() {
        network.close();
    }
}
