package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.text;

/**
 * The texts of a product. Immutable.
 *
 * @param name 1 to 255 characters
 * @param description up to 10,000 characters, may be empty
 */
public record ProductTexts(String name, String description) {
    /** Refuses a text out of range (VALIDATION_ERROR). */
    public ProductTexts {
        text(name, "name", 1, 255);
        text(description, "description", 0, 10_000);
    }
}
