package io.github.embeddedcommerce.examples.console;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody wants to buy at once. Immutable.
 *
 * @param items at least one; an item that is there twice is wanted twice
 */
record Basket(List<String> items) {
    Basket {
        items = List.copyOf(items);
    }

    /** How many units are wanted of each item. */
    SortedMap<String, Long> quantities() {
        SortedMap<String, Long> quantities = new TreeMap<>();
        items.forEach(item -> quantities.merge(item, 1L, Long::sum));
        return quantities;
    }
}
