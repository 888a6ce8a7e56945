package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps products and their options. Bound to one transaction; not thread-safe. Products come with their options. */
public interface ProductStore {
    /** Adds a product, without its options. */
    ProductId insert(ProductDetails details, Instant registeredAt);

    /** Adds options to a product that is new or locked. Their ids come back in the same order. */
    List<OptionId> insertOptions(ProductId product, List<NewOption> options);

    /** Which of these sku codes are taken. */
    Set<String> taken(Collection<String> skus);

    /** The product with its options and the available units of each. */
    Optional<Product> find(ProductId id);

    /** The same for the product that has the option with this sku. */
    Optional<Product> findBySku(String sku);

    /** Locks these products' rows, in the order of their ids; an unknown id is left out. */
    Map<ProductId, Product> lock(Collection<ProductId> ids);

    /** Writes the details of these products; their rows are locked. */
    void write(Map<ProductId, ProductDetails> products);

    /**
     * Products on sale that the query asks for, in its order, which is any but MOST_POPULAR.
     *
     * @param after only those that come after this place
     * @param except none of these
     */
    List<Product> onSale(ProductQuery query, ProductPlace after, Set<ProductId> except, int limit);

    /** Those of these products that are on sale and in the category the query asks for, in any order. */
    List<Product> onSaleAmong(Collection<ProductId> ids, ProductQuery query);

    /** The current offers of these options; an unknown id is left out. */
    Map<OptionId, Offer> offers(Collection<OptionId> options);
}
