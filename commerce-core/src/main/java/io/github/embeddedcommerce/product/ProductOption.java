package io.github.embeddedcommerce.product;

import io.github.embeddedcommerce.reference.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One orderable variant of a product, as it was when it was read. Immutable.
 *
 * @param id assigned by the shop
 * @param sku the merchant's code of it
 * @param attributes such as color and size, in the order to show them
 * @param available units that could be ordered then
 * @param reference the host's reference
 */
public record ProductOption(
        OptionId id, String sku, Map<String, String> attributes, long available, Reference reference) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public ProductOption {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        if (available < 0) {
            throw new IllegalArgumentException("option " + id + " cannot have " + available + " available");
        }
    }

    /** An option without a reference. */
    public ProductOption(OptionId id, String sku, Map<String, String> attributes, long available) {
        this(id, sku, attributes, available, Reference.none());
    }

    /** The same with these attributes. */
    public ProductOption with(Map<String, String> ofIt) {
        return new ProductOption(id, sku, ofIt, available, reference);
    }
}
