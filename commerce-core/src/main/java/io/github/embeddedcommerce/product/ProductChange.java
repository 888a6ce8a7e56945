package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.amount;
import static io.github.embeddedcommerce.error.Validation.part;
import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import java.util.Map;
import java.util.Objects;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a product to change. The others stay, so two concurrent changes of different parts do not undo each
 * other. Immutable.
 *
 * <pre>{@code
 * ProductChange.none().withPrice(Money.of(KRW, 9_900)).withOnSale(true)
 * }</pre>
 *
 * @param texts the new texts
 * @param category the new category, 1 to 100 characters; null to keep it
 * @param price the new price, 0 or more, in the shop's currency; null to keep it
 * @param onSale whether it is on sale from now on; null to keep it as it is
 */
public record ProductChange(
        Texts texts,
        @Nullable String category,
        @Nullable Money price,
        @Nullable Boolean onSale) {
    private static final ProductChange NONE = new ProductChange(new Texts(null, null), null, null, null);

    /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
    public ProductChange {
        required(texts, "texts");
        if (category != null) {
            text(category, "category", 1, 100);
        }
        if (price != null) {
            amount(price, "price", 0);
        }
    }

    /**
     * The texts to change.
     *
     * @param name the new name, 1 to 255 characters; null to keep it
     * @param description the new description, up to 10,000 characters; null to keep it
     */
    public record Texts(@Nullable String name, @Nullable String description) {
        /** Refuses a text out of range (VALIDATION_ERROR). */
        public Texts {
            if (name != null) {
                text(name, "name", 1, 255);
            }
            if (description != null) {
                text(description, "description", 0, 10_000);
            }
        }
    }

    /** An empty change, to be completed with the other methods. */
    public static ProductChange none() {
        return NONE;
    }

    /** The same, with this name. */
    public ProductChange withName(String newName) {
        Texts newTexts = part("texts", () -> new Texts(required(newName, "name"), texts.description()));
        return new ProductChange(newTexts, category, price, onSale);
    }

    /** The same, with this description. */
    public ProductChange withDescription(String newDescription) {
        Texts newTexts = part("texts", () -> new Texts(texts.name(), required(newDescription, "description")));
        return new ProductChange(newTexts, category, price, onSale);
    }

    /** The same, with this category. */
    public ProductChange withCategory(String newCategory) {
        return new ProductChange(texts, required(newCategory, "category"), price, onSale);
    }

    /** The same, with this price. */
    public ProductChange withPrice(Money newPrice) {
        return new ProductChange(texts, category, required(newPrice, "price"), onSale);
    }

    /** The same, on sale or not. */
    public ProductChange withOnSale(boolean nowOnSale) {
        return new ProductChange(texts, category, price, nowOnSale);
    }

    /** Refuses an empty change (VALIDATION_ERROR). Returns this change. */
    public ProductChange complete() {
        if (equals(NONE)) {
            throw refusal("change", "must change something: call a method such as withPrice", Map.of());
        }
        return this;
    }

    /** These details with the change made. */
    public ProductDetails appliedTo(ProductDetails details) {
        ProductTexts changed = new ProductTexts(
                Objects.requireNonNullElse(texts.name(), details.texts().name()),
                Objects.requireNonNullElse(texts.description(), details.texts().description()));
        return new ProductDetails(
                changed,
                Objects.requireNonNullElse(category, details.category()),
                Objects.requireNonNullElse(price, details.price()),
                Objects.requireNonNullElse(onSale, details.onSale()));
    }
}
