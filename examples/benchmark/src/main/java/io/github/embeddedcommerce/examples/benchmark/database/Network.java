package io.github.embeddedcommerce.examples.benchmark.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between clients and a server on this machine: what either sends arrives so much later, however much is
 * under way (up to a bound), and round trips are counted. A round trip begins where a client sends after it has been
 * answered. Thread-safe.
 */
public final class Network implements AutoCloseable {
    private final int serverPort;
    private final long delayNanos;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong roundTrips = new AtomicLong();

    private Network(int serverPort, Duration delay, ServerSocket listener) {
        this.serverPort = serverPort;
        this.delayNanos = delay.toNanos();
        this.listener = listener;
    }

    /** Opens a network before the server at this port of this machine. */
    public static Network before(int serverPort, Duration delayEachWay) {
        try {
            ServerSocket listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
            Network network = new Network(serverPort, delayEachWay, listener);
            start("network-accept", network::accept);
            return network;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where clients connect. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many round trips there have been so far. */
    public long roundTrips() {
        return roundTrips.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (SocketException closed) {
                // the network, or what connected, is closed
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException refused) {
            close(client);
            return;
        }
        open.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Turns turns = new Turns(roundTrips);
        run(new Line(client, server, delayNanos, turns.asking()), client, server);
        run(new Line(server, client, delayNanos, turns.answering()), client, server);
    }

    private void run(Line line, Socket client, Socket server) {
        start("network-read", line::read);
        start("network-write", () -> {
            line.write();
            close(client);
            close(server);
        });
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Closes it, and with it every connection that goes through it. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Set.copyOf(open).forEach(this::close);
    }

    /** Whose turn it is on one connection. */
    private static final class Turns {
        private final AtomicLong roundTrips;
        private volatile boolean answered = true;

        Turns(AtomicLong roundTrips) {
            this.roundTrips = roundTrips;
        }

        Line.Watch asking() {
            return new Line.Watch() {
                @Override
                public void onRead() {
                    if (answered) {
                        answered = false;
                        roundTrips.incrementAndGet();
                    }
                }
            };
        }

        Line.Watch answering() {
            return new Line.Watch() {
                @Override
                public void onWrite() {
                    answered = true;
                }
            };
        }
    }
}
