package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which products on sale are wanted, and in which order. Immutable.
 *
 * <pre>{@code
 * ProductQuery.all().inCategory("kitchen").sortedBy(ProductQuery.Sort.PRICE_UP)
 * }</pre>
 *
 * @param category only this category, 1 to 100 characters, compared exactly; null for every category
 * @param sort the order
 */
public record ProductQuery(@Nullable String category, Sort sort) {
    /** The orders in which products can be listed. */
    public enum Sort {
        /** The cheapest first; of one price, the one registered first. */
        PRICE_UP,
        /** The dearest first; of one price, the one registered last. */
        PRICE_DOWN,
        /** The one registered last comes first. */
        NEWEST,
        /** As the latest snapshot ranks them ({@link PopularProducts}); those it does not rank follow, newest first. */
        MOST_POPULAR
    }

    /** Refuses a category out of its bounds (VALIDATION_ERROR). */
    public ProductQuery {
        if (category != null) {
            text(category, "category", 1, 100);
        }
        required(sort, "sort");
    }

    /** Every category, newest first. */
    public static ProductQuery all() {
        return new ProductQuery(null, Sort.NEWEST);
    }

    /** The same, but only this category. */
    public ProductQuery inCategory(String newCategory) {
        return new ProductQuery(required(newCategory, "category"), sort);
    }

    /** The same in this order. */
    public ProductQuery sortedBy(Sort newSort) {
        return new ProductQuery(category, newSort);
    }

    /** Names this list for its cursors, in few characters however long the category is. */
    public String listName() {
        String list = "products." + sort;
        return category == null ? list : list + "." + UUID.nameUUIDFromBytes(category.getBytes(UTF_8));
    }
}
