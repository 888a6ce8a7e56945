package io.github.embeddedcommerce.examples.storefront.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Hands a request on when the whole of its body is there, so no thread ever waits for a client. A body that is too
 * large is answered with 413, one that comes too slowly with 408, a malformed one with 400. Thread-safe.
 */
final class WholeBody extends Handler.Wrapper {
    /** Of a body that is too large: who is still sending when the connection closes may never see the answer. */
    private static final int MOST_THROWN_AWAY = 1024 * 1024;

    private final int largest;
    private final Duration longest;

    /**
     * @param largest the largest body, in bytes
     * @param longest how long a body may take to arrive; silence is bounded by the connection's idle timeout
     */
    WholeBody(int largest, Duration longest) {
        this.largest = largest;
        this.longest = longest;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (request.getLength() == 0 || (request.getLength() < 0 && !chunked)) {
            return super.handle(request, response, callback);
        }
        boolean waits = request.getHeaders().contains(HttpHeader.EXPECT);
        if (request.getLength() > largest + (waits ? 0 : MOST_THROWN_AWAY)) {
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
            return true;
        }
        new Arrival(request, response, callback).run();
        return true;
    }

    /** A body that is arriving. Run again whenever more of it is there, by one thread at a time. */
    private final class Arrival implements Invocable.Task {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int size;
        private final long deadline = System.nanoTime() + longest.toNanos();

        Arrival(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                // A silence that lasts too long is a failure that would let us go on; we do not.
                if (Content.Chunk.isFailure(chunk) || System.nanoTime() > deadline) {
                    chunk.release();
                    refuse(status(chunk.getFailure()));
                    return;
                }
                boolean last = take(chunk);
                if (size > largest + MOST_THROWN_AWAY || (last && size > largest)) {
                    refuse(HttpStatus.PAYLOAD_TOO_LARGE_413);
                    return;
                }
                if (last) {
                    request.getContext().execute(this::handOn);
                    return;
                }
            }
        }

        /** Of a body that is malformed, such as one in chunks that are none, or too slow. */
        private static int status(@Nullable Throwable failure) {
            return failure instanceof HttpException malformed ? malformed.getCode() : HttpStatus.REQUEST_TIMEOUT_408;
        }

        private boolean take(Content.Chunk chunk) {
            size += chunk.remaining();
            if (size <= largest) {
                byte[] bytes = new byte[chunk.remaining()];
                chunk.get(bytes, 0, bytes.length);
                body.write(bytes, 0, bytes.length);
            }
            boolean last = chunk.isLast();
            chunk.release();
            return last;
        }

        private void refuse(int status) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            Response.writeError(request, response, callback, status);
        }

        private void handOn() {
            Request whole = new Whole(request, body.toByteArray());
            try {
                if (!WholeBody.super.handle(whole, response, callback)) {
                    Response.writeError(whole, response, callback, HttpStatus.NOT_FOUND_404);
                }
            } catch (Exception failure) {
                Response.writeError(whole, response, callback, failure);
            }
        }
    }

    /** A request whose body is in memory. */
    private static final class Whole extends Request.Wrapper {
        private final int length;
        private final Content.Source body;

        Whole(Request request, byte[] body) {
            super(request);
            this.length = body.length;
            this.body = new ByteBufferContentSource(ByteBuffer.wrap(body));
        }

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            body.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
