package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Selects and sorts products on sale. Immutable.
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
        /** Lowest price first; ties by the earlier registration. */
        PRICE_UP,
        /** Highest price first; ties by the later registration. */
        PRICE_DOWN,
        /** Latest registration first. */
        NEWEST,
        /** In the order of the latest snapshot ({@link PopularProducts}); the others follow, newest first. */
        MOST_POPULAR
    }

    /** Refuses a category out of range (VALIDATION_ERROR). */
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

    /** The name of this list in its cursors, short however long the category is. */
    public String listName() {
        String list = "products." + sort;
        return category == null ? list : list + "." + UUID.nameUUIDFromBytes(category.getBytes(UTF_8));
    }
}
