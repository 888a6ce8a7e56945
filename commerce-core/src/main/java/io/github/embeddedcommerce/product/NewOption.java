package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.size;
import static io.github.embeddedcommerce.error.Validation.text;

import io.github.embeddedcommerce.reference.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An option (variant) to be added to a product. Immutable.
 *
 * @param sku the merchant's code of it, 1 to 64 characters, unique in the shop
 * @param attributes such as color and size, in the order to show them: up to 20, names 1 to 50 and values 1 to 255
 *     characters
 * @param startingStock units on hand at the start, 0 to {@value #MAX_STOCK}
 * @param reference the host's reference
 */
public record NewOption(String sku, Map<String, String> attributes, long startingStock, Reference reference) {
    /** The most units of one option a shop can have on hand. */
    public static final long MAX_STOCK = 1_000_000_000_000L;

    /** Refuses a value out of range (VALIDATION_ERROR, the stock INVALID_STOCK_QUANTITY). */
    public NewOption {
        text(sku, "sku", 1, 64);
        size(required(attributes, "attributes").size(), "attributes", 0, 20);
        attributes.forEach((name, value) -> {
            text(name, "attributes.key", 1, 50);
            text(value, "attributes[" + name + "]", 1, 255);
        });
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        if (startingStock < 0 || startingStock > MAX_STOCK) {
            throw refusal(
                    INVALID_STOCK_QUANTITY,
                    "startingStock",
                    "must be from 0 to " + MAX_STOCK + ", it is " + startingStock,
                    Map.of("sku", sku, "value", startingStock, "min", 0L, "max", MAX_STOCK));
        }
        required(reference, "reference");
    }

    /** An option without a reference. */
    public NewOption(String sku, Map<String, String> attributes, long startingStock) {
        this(sku, attributes, startingStock, Reference.none());
    }

    /** The same with this reference of the host's. */
    public NewOption withReference(Reference newReference) {
        return new NewOption(sku, attributes, startingStock, newReference);
    }
}
