package io.github.embeddedcommerce.examples.benchmark.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a connection: a thread reads and one writes, and what is read waits between them until its time has
 * come. So the delay holds nothing up, until {@link #MAX_UNDER_WAY} packets are under way.
 */
final class Line {
    private static final int MAX_UNDER_WAY = 1_024;
    private static final int MAX_PACKET = 65_536;
    private static final Packet END = new Packet(new byte[0], 0);

    private final Socket from;
    private final Socket to;
    private final long delayNanos;
    private final Watch watch;
    private final BlockingQueue<Packet> underWay = new ArrayBlockingQueue<>(MAX_UNDER_WAY);

    Line(Socket from, Socket to, long delayNanos, Watch watch) {
        this.from = from;
        this.to = to;
        this.delayNanos = delayNanos;
        this.watch = watch;
    }

    /** Is told of each packet, before the other side can have it. */
    interface Watch {
        /** It has been read: it is under way from now on. */
        default void onRead() {}

        /** It is about to arrive. */
        default void onWrite() {}
    }

    private static final class Packet {
        private final byte[] bytes;
        private final long due;

        Packet(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }

        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    /** Reads until the end, or until the connection breaks. */
    void read() {
        byte[] buffer = new byte[MAX_PACKET];
        try {
            InputStream in = from.getInputStream();
            int size = in.read(buffer);
            while (size >= 0) {
                watch.onRead();
                underWay.put(new Packet(Arrays.copyOf(buffer, size), System.nanoTime() + delayNanos));
                size = in.read(buffer);
            }
        } catch (IOException broken) {
            // comes to the same
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void end() {
        try {
            underWay.put(END);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes until the end, each packet when it is due. */
    void write() {
        try {
            OutputStream out = to.getOutputStream();
            for (Packet packet = underWay.take(); !packet.isEnd(); packet = underWay.take()) {
                for (long left = packet.due - System.nanoTime(); left > 0; left = packet.due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                watch.onWrite();
                out.write(packet.bytes);
            }
        } catch (IOException broken) {
            underWay.clear(); // so that the reader, if it waits for room, sees that its side is closed
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
