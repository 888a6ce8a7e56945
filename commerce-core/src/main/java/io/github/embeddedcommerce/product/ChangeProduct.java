package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.required;

/**
 * The request to change a product, one of many. Immutable.
 *
 * @param product the product
 * @param change what to change of it
 */
public record ChangeProduct(ProductId product, ProductChange change) {
    /** Refuses null (VALIDATION_ERROR). */
    public ChangeProduct {
        required(product, "product");
        required(change, "change");
    }
}
