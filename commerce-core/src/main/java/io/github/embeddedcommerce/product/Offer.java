package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;

import io.github.embeddedcommerce.error.CommerceException;
import java.util.Map;
import org.joda.money.Money;

/**
 * An option with the current details of its product. Immutable.
 *
 * @param option the option
 * @param sku its code
 * @param product the product it belongs to
 * @param details that product's name, price and whether it is on sale
 */
public record Offer(OptionId option, String sku, ProductId product, ProductDetails details) {
    /** The price of one unit. */
    public Money price() {
        return details.price();
    }

    /** Refuses an option whose product is not on sale (PRODUCT_OPTION_NOT_FOUND). */
    public void requireOnSale() {
        if (!details.onSale()) {
            throw new CommerceException(
                    PRODUCT_OPTION_NOT_FOUND,
                    "option " + option + " (" + details.texts().name() + ") is not on sale",
                    Map.of("option", option.value(), "product", product.value()));
        }
    }

    /** The refusal of an unknown option id. */
    public static CommerceException notFound(OptionId option) {
        return new CommerceException(
                PRODUCT_OPTION_NOT_FOUND,
                "there is no product option " + option + ": use an id from a product's options",
                Map.of("option", option.value()));
    }
}
