package io.github.embeddedcommerce.examples.console;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a UTF-8 file, one after the other. Unlike Java's own readers it can tell on which line a byte is that is
 * not UTF-8, and a file without an end of line does not fill the memory. Not thread-safe.
 */
final class TextLines {
    private static final int MAX_BYTES = 100_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream bytes;
    private final String source;
    private String text = "";
    private long number;

    TextLines(InputStream bytes, String source) {
        this.bytes = new BufferedInputStream(bytes);
        this.source = source;
    }

    /** Goes to the next line; false if there is none. */
    boolean next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = bytes.read();
        if (next < 0) {
            return false;
        }
        number++;
        while (next >= 0 && next != '\n') {
            if (line.size() == MAX_BYTES) {
                throw refusal("the line is longer than " + Figures.count(MAX_BYTES) + " bytes");
            }
            line.write(next);
            next = bytes.read();
        }
        String decoded = decode(line.toByteArray());
        text = number == 1 && decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded;
        return true;
    }

    /** The line. */
    String text() {
        return text;
    }

    /** The refusal of this line. */
    BadInput refusal(String reason) {
        return new BadInput(source + ", line " + number + ": " + reason);
    }

    private String decode(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw refusal("it is not UTF-8 text");
        }
    }
}
