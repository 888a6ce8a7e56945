package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;

/**
 * An ordered option, with the names of the moment the order was placed. Immutable.
 *
 * @param option the option
 * @param sku its code
 * @param product its product
 * @param productName the product's name when the order was placed
 */
public record OrderedItem(OptionId option, String sku, ProductId product, String productName) {
    /** The option of this offer, with its current names. */
    public static OrderedItem of(Offer offer) {
        return new OrderedItem(
                offer.option(),
                offer.sku(),
                offer.product(),
                offer.details().texts().name());
    }
}
