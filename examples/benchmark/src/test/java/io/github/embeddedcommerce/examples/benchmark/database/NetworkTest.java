package io.github.embeddedcommerce.examples.benchmark.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NetworkTest {
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final int LONGEST_WAIT_MILLIS = 20_000;

    private ServerSocket server;
    private Network network;

    NetworkTest() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        network = Network.before(server.getLocalPort(), DELAY);
    }

    @BeforeEach
    void answer() {
        Thread echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        server.close();
    }

    /** Sends back whatever comes, on one connection after the other. */
    private void echo() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException closed) {
                // by a test that is done
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), network.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void ask(Socket socket, DataInputStream answers) throws IOException {
        socket.getOutputStream().write(7);
        assertThat(answers.readByte()).isEqualTo((byte) 7);
    }

    @Test
    void each_direction_takes_the_delay() throws IOException {
        try (Socket socket = connect()) {
            DataInputStream answers = new DataInputStream(socket.getInputStream());
            long begun = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                ask(socket, answers);
            }
            assertThat(System.nanoTime() - begun)
                    .isGreaterThanOrEqualTo(DELAY.multipliedBy(20).toNanos());
        }
    }

    @Test
    void round_trips_are_counted_whatever_was_sent_in_each() throws IOException {
        try (Socket socket = connect()) {
            DataInputStream answers = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 5; i++) {
                ask(socket, answers);
            }
            assertThat(network.roundTrips()).isEqualTo(5);
            socket.getOutputStream().write(1);
            socket.getOutputStream().write(2);
            socket.getOutputStream().write(3);
            answers.readNBytes(3);
            assertThat(network.roundTrips()).isEqualTo(6);
        }
    }

    @Test
    void what_is_sent_without_waiting_is_not_held_up() throws IOException {
        byte[] sent = new byte[8_000_000];
        new Random(42).nextBytes(sent);
        try (Socket socket = connect()) {
            DataInputStream answers = new DataInputStream(socket.getInputStream());
            long begun = System.nanoTime();
            Thread sender = new Thread(() -> send(sent, socket), "sender");
            sender.start();
            assertThat(answers.readNBytes(sent.length)).isEqualTo(sent);
            // 8,000 pieces, one after the other, would take at least 160 seconds
            assertThat(System.nanoTime() - begun)
                    .isLessThan(DELAY.multipliedBy(2_000).toNanos());
        }
    }

    private static void send(byte[] bytes, Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            for (int from = 0; from < bytes.length; from += 1_000) {
                out.write(bytes, from, 1_000);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void when_one_side_closes_the_other_sees_the_end() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, new DataInputStream(socket.getInputStream()));
            network.close();
            assertThat(endOf(socket)).isTrue();
        }
    }

    private static boolean endOf(Socket socket) throws SocketException {
        socket.setSoTimeout(LONGEST_WAIT_MILLIS);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Its port is taken, so that nobody else can listen there. */
    @Test
    void a_server_that_is_not_there_is_a_connection_that_ends() throws IOException {
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Network nowhere = Network.before(silent.getLocalPort(), DELAY);
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), nowhere.port())) {
                assertThat(endOf(socket)).isTrue();
            }
        }
    }
}
