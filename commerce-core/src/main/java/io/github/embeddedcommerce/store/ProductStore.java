package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.OptionSales;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.reference.Reference;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps products and their options. Bound to one transaction; not thread-safe. Products come with their options. */
public interface ProductStore {
    /** Adds products with their options, of which the starting stock is available; writes no stock. */
    List<Product> insert(List<NewProduct> products, Instant registeredAt);

    /** Adds options to a product that is new or locked. Their ids come back in the same order. */
    List<OptionId> insertOptions(ProductId product, List<NewOption> options);

    /** Which of these sku codes are taken. */
    Set<String> taken(Collection<String> skus);

    /** The product with its options and the available units of each. */
    Optional<Product> find(ProductId id);

    /** The same for the product that has the option with this sku. */
    Optional<Product> findBySku(String sku);

    /** Products with this reference, unique or not, and an id above this one, by id. */
    List<Product> referred(String reference, long above, int limit);

    /** Which products have these unique references; one that no product has is left out. */
    Map<String, ProductId> holders(Collection<String> uniqueReferences);

    /** The same for options. */
    Map<String, OptionId> optionHolders(Collection<String> uniqueReferences);

    /** Writes the references of products that are new or locked. */
    void refer(Map<ProductId, Reference> references);

    /** Writes the references of options whose products are new or locked. */
    void referOptions(Map<OptionId, Reference> references);

    /** What orders that were paid in this time sold of a product: those of its options that sold. */
    List<OptionSales> sales(ProductId product, TimeRange range);

    /** Products whose number is above this, on sale or not, the lowest first. */
    List<Product> after(long id, int limit);

    /** Locks these products' rows, in the order of their ids; an unknown id is left out. */
    Map<ProductId, Product> lock(Collection<ProductId> ids);

    /** Locks these products' rows in the same order, and reads nothing else of the products. */
    Map<ProductId, ProductDetails> lockDetails(Collection<ProductId> ids);

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
