package io.github.embeddedcommerce.examples.storefront.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer when the whole of it is there, and lets its thread go, so no thread ever waits for a client that
 * reads slowly. A connection that takes its answer too slowly is closed, and so is one that would have more answers
 * wait in memory than there is room for. Thread-safe.
 */
final class WholeAnswer extends Handler.Wrapper {
    private final long most;
    private final Duration longest;
    private final AtomicLong waiting = new AtomicLong();

    /**
     * @param most how many bytes of answers may wait for their clients, beyond what the operating system has taken
     * @param longest how long a client may take for an answer; silence is bounded by the connection's idle timeout
     */
    WholeAnswer(long most, Duration longest) {
        this.most = most;
        this.longest = longest;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Whole whole = new Whole(request, response);
        return super.handle(request, whole, Callback.from(() -> send(whole, callback), callback::failed));
    }

    private void send(Whole whole, Callback callback) {
        byte[] content = whole.content.toByteArray();
        Sending sending = new Sending(whole.getRequest(), content.length);
        whole.getWrapped().write(true, ByteBuffer.wrap(content), Callback.from(sending::end, callback));
        sending.bound();
    }

    /** An answer on its way. Once it is sent, its request is over, and must not be asked for anything. */
    private final class Sending {
        private final EndPoint connection;
        private final Scheduler scheduler;
        private final int length;
        private boolean ended;
        private Scheduler.@Nullable Task deadline;

        Sending(Request request, int length) {
            this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
            this.scheduler = request.getComponents().getScheduler();
            this.length = length;
        }

        /** Bounds what has not been sent at once. */
        void bound() {
            if (waits() > most) {
                connection.close();
            }
        }

        private synchronized long waits() {
            if (ended) {
                return 0;
            }
            deadline = scheduler.schedule(connection::close, longest.toMillis(), TimeUnit.MILLISECONDS);
            return waiting.addAndGet(length);
        }

        synchronized void end() {
            ended = true;
            if (deadline != null) {
                deadline.cancel();
                waiting.addAndGet(-length);
            }
        }
    }

    /** A response that is kept in memory until it is sent. */
    private static final class Whole extends Response.Wrapper {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean ended;

        Whole(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer part, Callback callback) {
            if (part != null) {
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                content.writeBytes(bytes);
            }
            ended |= last;
            callback.succeeded();
        }

        @Override
        public boolean hasLastWrite() {
            return ended;
        }

        @Override
        public void reset() {
            super.reset();
            content.reset();
            ended = false;
        }
    }
}
