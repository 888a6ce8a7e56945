package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one buyer asked of the shop and what it was answered, line by line in a file that outlives the process: before a
 * call is made it is there, after it was answered the answer is. Not thread-safe; {@link #shared} lines are.
 */
final class Journal implements AutoCloseable {
    private final FileChannel file;

    private Journal(FileChannel file) {
        this.file = file;
    }

    /** Goes on with the journal of a process that may have died in the middle of a line. */
    static Journal goOn(Path path) {
        try {
            if (Files.exists(path)) {
                cutTornLine(path);
            }
            return shared(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file that several threads and processes add lines to. */
    static Journal shared(Path path) throws IOException {
        return new Journal(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    void asked(Call call) {
        add("? " + call.written());
    }

    void answered(Call call, String answer) {
        add("= " + call.key() + " " + answer);
    }

    void refused(Call call, ErrorCode code) {
        add("! " + call.key() + " " + code);
    }

    /** In one write, so that a line is there or not. */
    void add(String line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Is told what became of calls. */
    interface Reader {
        void answered(Call call, String answer);

        void refused(Call call, ErrorCode code);
    }

    /** Tells the reader of all that was answered or refused. Returns the calls that were not. */
    static Collection<Call> read(Path path, Reader reader) {
        Map<IdempotencyKey, Call> open = new LinkedHashMap<>();
        lines(path, line -> {
            if (line.startsWith("?")) {
                Call call = Call.read(line);
                open.put(call.key(), call);
                return;
            }
            String[] words = line.split(" ", -1);
            Call call = open.remove(new IdempotencyKey(words[1]));
            if (call == null) {
                throw new IllegalStateException("answered twice: " + line);
            }
            if (line.startsWith("=")) {
                reader.answered(call, words[2]);
            } else {
                reader.refused(call, ErrorCode.valueOf(words[2]));
            }
        });
        return open.values();
    }

    /** Each whole line of a file; none if there is no file. */
    static void lines(Path path, Consumer<String> consumer) {
        if (Files.notExists(path)) {
            return;
        }
        try (var lines = Files.lines(path)) {
            lines.forEach(consumer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void cutTornLine(Path path) throws IOException {
        try (RandomAccessFile torn = new RandomAccessFile(path.toFile(), "rw")) {
            long end = torn.length();
            while (end > 0) {
                torn.seek(end - 1);
                if (torn.read() == '\n') {
                    break;
                }
                end--;
            }
            torn.setLength(end);
        }
    }
}
