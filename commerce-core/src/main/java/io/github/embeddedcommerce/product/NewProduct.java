package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.entries;
import static io.github.embeddedcommerce.error.Validation.part;
import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.reference.Reference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * A product to be registered, with its options. Immutable.
 *
 * <pre>{@code
 * NewProduct.of("Mug", "kitchen", Money.of(KRW, 12_000))
 *         .describedAs("Keeps tea warm")
 *         .withOption("MUG-BLUE", Map.of("color", "blue"), 10)
 * }</pre>
 *
 * @param details name, description, category, price, on sale or not
 * @param options up to {@value #MAX_OPTIONS}, at least one when it is registered; each with another sku, and with
 *     another reference where that is unique
 * @param reference the host's reference
 */
public record NewProduct(ProductDetails details, List<NewOption> options, Reference reference) {
    /** The most options a product can have. */
    public static final int MAX_OPTIONS = 200;

    /** Refuses too many options and two with one sku (VALIDATION_ERROR). */
    public NewProduct {
        required(details, "details");
        options = entries(options, "options", 0, MAX_OPTIONS);
        required(reference, "reference");
        Set<String> skus = new HashSet<>();
        for (NewOption option : options) {
            if (!skus.add(option.sku())) {
                throw refusal(
                        "options[" + skus.size() + "].sku",
                        "must differ from that of every other option, it is " + option.sku(),
                        Map.of("sku", option.sku()));
            }
        }
        refuseEqualReferences(options);
    }

    /** A product without a reference. */
    public NewProduct(ProductDetails details, List<NewOption> options) {
        this(details, options, Reference.none());
    }

    private static void refuseEqualReferences(List<NewOption> options) {
        Set<Reference> unique = new HashSet<>();
        for (int i = 0; i < options.size(); i++) {
            Reference own = options.get(i).reference();
            if (own.isUnique() && !unique.add(own)) {
                throw own.taken("options[" + i + "].reference", "another option of the product");
            }
        }
    }

    /** A product on sale, with no description and no options yet. */
    public static NewProduct of(String name, String category, Money price) {
        ProductDetails details = part(
                "details",
                () -> new ProductDetails(part("texts", () -> new ProductTexts(name, "")), category, price, true));
        return new NewProduct(details, List.of());
    }

    /** The same with this description. */
    public NewProduct describedAs(String description) {
        ProductTexts texts =
                part("details.texts", () -> new ProductTexts(details.texts().name(), description));
        return new NewProduct(details.withTexts(texts), options, reference);
    }

    /** The same, not on sale. */
    public NewProduct notOnSale() {
        return new NewProduct(details.withOnSale(false), options, reference);
    }

    /** The same with one more option that has no attributes. */
    public NewProduct withOption(String sku, long startingStock) {
        return withOption(sku, Map.of(), startingStock);
    }

    /** The same with one more option. */
    public NewProduct withOption(String sku, Map<String, String> attributes, long startingStock) {
        return withOption(part("options[" + options.size() + "]", () -> new NewOption(sku, attributes, startingStock)));
    }

    /** The same with one more option. */
    public NewProduct withOption(NewOption option) {
        required(option, "option");
        return new NewProduct(
                details, Stream.concat(options.stream(), Stream.of(option)).toList(), reference);
    }

    /** The same with this reference of the host's. */
    public NewProduct withReference(Reference newReference) {
        return new NewProduct(details, options, newReference);
    }

    /** Refuses a product without options (VALIDATION_ERROR). Returns this product. */
    public NewProduct complete() {
        entries(options, "options", 1, MAX_OPTIONS);
        return this;
    }
}
