package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.order.PlaceOrder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of shopping baskets: UTF-8 text, a basket a line, its items separated by commas, empty lines skipped. What
 * does not fit is refused with its line number, before anything is sold. Immutable.
 *
 * @param source what the file is called in front of a person
 * @param baskets at least one
 */
record Baskets(String source, List<Basket> baskets) {
    /** The longest name of an item. */
    static final int MAX_ITEM_LENGTH = 64;

    /** More baskets than this are not kept in memory. */
    static final int MAX_BASKETS = 1_000_000;

    /** Each different item becomes a product. */
    static final int MAX_PRODUCTS = 100_000;

    private static final String BUNDLED = "baskets.csv";

    Baskets {
        baskets = List.copyOf(baskets);
    }

    /** The baskets that travel with the program. */
    static Baskets bundled() {
        try (InputStream bytes = Objects.requireNonNull(Baskets.class.getResourceAsStream(BUNDLED))) {
            return parse(bytes, "the bundled " + BUNDLED);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The baskets in this file. */
    static Baskets read(Path file) {
        if (Files.isDirectory(file)) {
            throw new BadInput(file + " is a directory: name a file of baskets");
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return parse(bytes, String.valueOf(file.getFileName()));
        } catch (NoSuchFileException missing) {
            throw new BadInput("there is no file " + file);
        } catch (AccessDeniedException denied) {
            throw new BadInput("file " + file + " may not be read");
        } catch (IOException broken) {
            throw new BadInput("file " + file + " cannot be read: " + Complaint.reason(broken));
        }
    }

    static Baskets parse(InputStream bytes, String source) throws IOException {
        return new Parser(source).parse(new TextLines(bytes, source));
    }

    /** How many units are wanted of each item, in all baskets together. */
    SortedMap<String, Long> demand() {
        SortedMap<String, Long> demand = new TreeMap<>();
        baskets.forEach(basket -> basket.items().forEach(item -> demand.merge(item, 1L, Long::sum)));
        return demand;
    }

    private static final class Parser {
        private final String source;
        private final List<Basket> baskets = new ArrayList<>();
        private final Map<String, String> names = new HashMap<>();

        Parser(String source) {
            this.source = source;
        }

        Baskets parse(TextLines lines) throws IOException {
            while (lines.next()) {
                if (!lines.text().isBlank()) {
                    baskets.add(basket(lines));
                }
            }
            if (baskets.isEmpty()) {
                throw new BadInput(source + " has no baskets: write one a line, items separated by commas");
            }
            return new Baskets(source, baskets);
        }

        private Basket basket(TextLines lines) {
            String[] cells = lines.text().split(",", -1);
            if (cells.length > PlaceOrder.MAX_LINES) {
                throw lines.refusal("a basket has at most " + PlaceOrder.MAX_LINES + " items, this one has "
                        + Figures.count(cells.length));
            }
            if (baskets.size() == MAX_BASKETS) {
                throw lines.refusal("a file has at most " + Figures.count(MAX_BASKETS) + " baskets, this is one more");
            }
            List<String> items = new ArrayList<>();
            for (String cell : cells) {
                items.add(item(cell.strip(), items.size() + 1, lines));
            }
            return new Basket(items);
        }

        private String item(String name, int number, TextLines lines) {
            if (name.isEmpty()) {
                throw lines.refusal("item " + number + " has no name");
            }
            if (name.length() > MAX_ITEM_LENGTH) {
                throw lines.refusal("the name of item " + number + " has " + Figures.count(name.length())
                        + " characters, at most " + MAX_ITEM_LENGTH + " are allowed");
            }
            // They would do what they like to the terminal the name is shown on.
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw lines.refusal("the name of item " + number + " has a control character in it");
            }
            if (names.size() == MAX_PRODUCTS && !names.containsKey(name)) {
                throw lines.refusal("a file has at most " + Figures.count(MAX_PRODUCTS) + " different items, item "
                        + number + " is one more");
            }
            return names.computeIfAbsent(name, same -> same);
        }
    }
}
