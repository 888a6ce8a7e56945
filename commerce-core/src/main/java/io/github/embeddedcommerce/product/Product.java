package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.reference.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * A product with its options, as it was when it was read. It is never deleted, because orders refer to it; one that is
 * not on sale is hidden. Immutable.
 *
 * @param id assigned by the shop
 * @param details what a merchant may change
 * @param options in the order in which they were registered and added
 * @param registeredAt when it was registered
 * @param reference the host's reference
 */
public record Product(
        ProductId id, ProductDetails details, List<ProductOption> options, Instant registeredAt, Reference reference) {
    /** Copies the options. */
    public Product {
        options = List.copyOf(options);
    }

    /** A product without a reference. */
    public Product(ProductId id, ProductDetails details, List<ProductOption> options, Instant registeredAt) {
        this(id, details, options, registeredAt, Reference.none());
    }

    /** The same with these options. */
    public Product with(List<ProductOption> ofIt) {
        return new Product(id, details, ofIt, registeredAt, reference);
    }

    /** The product's name. */
    public String name() {
        return details.texts().name();
    }

    /** The price of one unit. */
    public Money price() {
        return details.price();
    }

    /**
     * The option with this sku.
     *
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if the product has no such option
     * @throws CommerceException VALIDATION_ERROR if the sku is null
     */
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

    /** Refuses a product with {@value NewProduct#MAX_OPTIONS} options (VALIDATION_ERROR). */
    public void requireRoomForOption() {
        if (options.size() >= NewProduct.MAX_OPTIONS) {
            throw Validation.refusal(
                    "option",
                    "cannot be added: product " + id + " has " + options.size() + " options, as many as it can have",
                    Map.of("product", id.value(), "max", NewProduct.MAX_OPTIONS));
        }
    }

    /** The refusal of an unknown product id. */
    public static CommerceException notFound(ProductId id) {
        return new CommerceException(
                PRODUCT_NOT_FOUND,
                "there is no product " + id + ": use an id that register or list returned",
                Map.of("product", id.value()));
    }
}
