package io.github.embeddedcommerce.product;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One orderable variant of a product, as it was when it was read. Immutable.
 *
 * @param id the shop's number of it
 * @param sku the merchant's code of it
 * @param attributes such as color and size, in the order to show them
 * @param available units that could be ordered at that moment
 */
public record ProductOption(OptionId id, String sku, Map<String, String> attributes, long available) {
    /** Copies the attributes, keeping their order. Refuses stock below 0: it would mean a bug or a damaged database. */
    public ProductOption {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        if (available < 0) {
            throw new IllegalArgumentException("option " + id + " cannot have " + available + " available");
        }
    }
}
