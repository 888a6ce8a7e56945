package io.github.embeddedcommerce.examples.console;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.CsvRecordHandler.CsvRecordHandlerBuilder;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/** A CSV file of products in UTF-8, read from beginning to end as often as one likes, never as a whole. Immutable. */
record ProductFile(Path file, CurrencyUnit currency) {
    /** The longest row, in characters: a quote that is never closed does not fill the memory. */
    private static final int MAX_ROW = 200_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A product, and the lines on which its options stand. */
    record Entry(NewProduct product, List<Long> lines) {
        Entry {
            lines = List.copyOf(lines);
        }
    }

    /** Is told what the file has, in its order. */
    interface Listener {
        /** A product; false to read no further. */
        boolean product(Entry entry);

        /** Something that is wrong with a line; false to read no further. */
        boolean wrong(long line, String reason);
    }

    /** Reads the file. Throws BadInput if it is not to be had. */
    void read(Listener listener) {
        requireFile();
        Parser parser = new Parser(listener);
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CsvReader<CsvRecord> records = CsvReader.builder()
                        .maxBufferSize(MAX_ROW)
                        .allowMissingFields(true)
                        .allowExtraFields(true)
                        .build(CsvRecordHandler.of(ProductFile::bound), text)) {
            skipByteOrderMark(text);
            parser.parse(records);
        } catch (NoSuchFileException missing) {
            throw new BadInput("there is no file " + file);
        } catch (AccessDeniedException denied) {
            throw new BadInput("file " + file + " may not be read");
        } catch (CsvParseException | IOException | UncheckedIOException broken) {
            throw unreadable(broken, parser.line);
        }
    }

    private static void bound(CsvRecordHandlerBuilder row) {
        row.maxFieldSize(MAX_ROW).maxRecordSize(MAX_ROW).maxFields(MAX_ROW);
    }

    /** A pipe would be empty, or be waited for, when it is read the second time. */
    private void requireFile() {
        if (Files.isDirectory(file)) {
            throw new BadInput(file + " is a directory: name a file of products");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new BadInput(file + " is no ordinary file, and it is read more than once: write it into one first");
        }
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    private BadInput unreadable(Exception broken, long line) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return notUtf8();
            }
        }
        return broken instanceof CsvParseException
                ? new BadInput(name() + ", behind line " + line + ": the next row is longer than "
                        + Figures.count(MAX_ROW)
                        + " characters, or goes on behind the quote that ends a cell: is a quote"
                        + " not closed, or one inside a cell not doubled?")
                : new BadInput("file " + file + " cannot be read: " + Complaint.reason(broken));
    }

    /** The reader decodes far ahead; who looks line by line knows where it is. */
    private BadInput notUtf8() {
        try (InputStream bytes = Files.newInputStream(file)) {
            TextLines lines = new TextLines(bytes, name());
            while (lines.next()) {
                // looks at the next
            }
        } catch (BadInput found) {
            return found;
        } catch (IOException broken) {
            return new BadInput("file " + file + " cannot be read: " + Complaint.reason(broken));
        }
        return new BadInput(name() + " is not UTF-8 text");
    }

    /** What it is called in front of a person. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    private final class Parser {
        private final Listener listener;
        private final List<NewOption> options = new ArrayList<>();
        private final List<Long> lines = new ArrayList<>();
        private @Nullable NewProduct product;
        private boolean isInProduct;
        private long line;

        Parser(Listener listener) {
            this.listener = listener;
        }

        void parse(CsvReader<CsvRecord> records) {
            boolean goesOn = true;
            for (CsvRecord row : records) {
                if (line == 0) {
                    requireHeader(row.getFields());
                } else if (!goesOn) {
                    return;
                }
                boolean isFirst = line == 0;
                line = row.getStartingLineNumber();
                goesOn = isFirst || row(row.getFields());
            }
            if (line == 0) {
                requireHeader(List.of());
            }
            if (goesOn) {
                end();
            }
        }

        private void requireHeader(List<String> cells) {
            if (!cells.equals(ProductRows.HEADER)) {
                throw new BadInput(name() + " must begin with the line " + String.join(",", ProductRows.HEADER));
            }
        }

        private boolean row(List<String> cells) {
            if (cells.size() != ProductRows.HEADER.size()) {
                return listener.wrong(
                        line,
                        "it has " + Figures.count(cells.size(), "cell") + ", " + ProductRows.HEADER.size()
                                + " are needed");
            }
            if (!ProductRows.isFurtherOption(cells)) {
                boolean goesOn = end();
                isInProduct = true;
                try {
                    product = ProductRows.product(cells, currency);
                } catch (IllegalArgumentException wrong) {
                    return listener.wrong(line, String.valueOf(wrong.getMessage())) && goesOn;
                }
                return option(cells) && goesOn;
            }
            return isInProduct ? option(cells) : listener.wrong(line, "it is an option, and no product is before it");
        }

        private boolean option(List<String> cells) {
            try {
                if (options.size() == NewProduct.MAX_OPTIONS) {
                    throw new IllegalArgumentException(
                            "a product has at most " + NewProduct.MAX_OPTIONS + " options, this is one more");
                }
                options.add(ProductRows.option(cells));
                lines.add(line);
                return true;
            } catch (IllegalArgumentException wrong) {
                return listener.wrong(line, String.valueOf(wrong.getMessage()));
            }
        }

        /** The product is complete; of one that is wrong, the lines were told. */
        private boolean end() {
            NewProduct complete = product;
            List<NewOption> with = List.copyOf(options);
            List<Long> at = List.copyOf(lines);
            product = null;
            options.clear();
            lines.clear();
            if (complete == null || with.isEmpty()) {
                return true;
            }
            for (int i = 0; i < with.size(); i++) {
                String sku = with.get(i).sku();
                if (with.subList(0, i).stream().anyMatch(other -> other.sku().equals(sku))) {
                    return listener.wrong(at.get(i), "sku " + sku + " is there twice");
                }
            }
            return listener.product(new Entry(new NewProduct(complete.details(), with), at));
        }
    }
}
