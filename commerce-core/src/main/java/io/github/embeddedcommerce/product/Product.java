package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * Something for sale, with its options, as it was when it was read. It is registered once and never deleted, because
 * orders speak of it; taking it off sale hides it. Immutable.
 *
 * @param id the shop's number of it
 * @param details what a merchant may change
 * @param options in the order in which they were registered and added
 * @param registeredAt when it was registered
 */
public record Product(ProductId id, ProductDetails details, List<ProductOption> options, Instant registeredAt) {
    /** Copies the options. */
    public Product {
        options = List.copyOf(options);
    }

    /** The product's name. */
    public String name() {
        return details.texts().name();
    }

    /** The price of one unit. */
    public Money price() {
        return details.price();
    }

    /** The option with this sku, else PRODUCT_OPTION_NOT_FOUND. Refuses null (VALIDATION_ERROR). */
    public ProductOption option(String sku) {
        Validation.required(sku, "sku");
        return options.stream()
                .filter(option -> option.sku().equals(sku))
                .findFirst()
                .orElseThrow(() -> new CommerceException(
                        PRODUCT_OPTION_NOT_FOUND,
                        "product " + id + " has no option " + sku,
                        Map.of("product", id.value(), "sku", sku)));
    }

    /** Refuses if it has as many options as a product can have (VALIDATION_ERROR). Returns this product. */
    public Product roomForOption() {
        if (options.size() >= NewProduct.MAX_OPTIONS) {
            throw Validation.refusal(
                    "option",
                    "cannot be added: product " + id + " has " + options.size() + " options, as many as it can have",
                    Map.of("product", id.value(), "max", NewProduct.MAX_OPTIONS));
        }
        return this;
    }

    /** The refusal of an id that no product has. */
    public static CommerceException notFound(ProductId id) {
        return new CommerceException(
                PRODUCT_NOT_FOUND,
                "there is no product " + id + ": use an id that register or list returned",
                Map.of("product", id.value()));
    }
}
