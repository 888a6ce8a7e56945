package io.github.embeddedcommerce.examples.storefront.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections that send a request bit by bit: often enough not to be silent, too slowly ever to be answered. One
 * that has sent something in each of two looks in a row, and yet no further request, is slow. Thread-safe.
 */
final class SlowHeads extends AbstractLifeCycle {
    private final ServerConnector connector;
    private final Duration pause;
    private Map<EndPoint, Progress> before = Map.of();

    /** @param pause between two looks; longer than an honest body may take to arrive */
    SlowHeads(ServerConnector connector, Duration pause) {
        this.connector = connector;
        this.pause = pause;
    }

    /**
     * How far a connection has come.
     *
     * @param growing whether it has sent something, and no further request, since the look before
     */
    private record Progress(long bytes, long requests, boolean growing) {
        static Progress of(Connection connection, Progress before) {
            long bytes = connection.getBytesIn();
            long requests = connection.getMessagesIn();
            return new Progress(bytes, requests, bytes > before.bytes && requests == before.requests);
        }
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        connector.getScheduler().schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        Map<EndPoint, Progress> now = new HashMap<>();
        for (EndPoint end : connector.getConnectedEndPoints()) {
            Connection connection = end.getConnection();
            if (connection != null) {
                Progress last = before.getOrDefault(end, new Progress(Long.MAX_VALUE, 0, false));
                Progress progress = Progress.of(connection, last);
                now.put(end, progress);
                if (progress.growing && last.growing) {
                    end.close();
                }
            }
        }
        before = now;
        if (isRunning()) {
            again();
        }
    }
}
