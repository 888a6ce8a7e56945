package io.github.embeddedcommerce.product;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps products and their options, in the transaction it was handed out in. */
public interface ProductStore {
    /** Adds a product, without its options. */
    ProductId insert(ProductDetails details, Instant registeredAt);

    /** Adds options to a product. Their ids come back in the same order. */
    List<OptionId> insertOptions(ProductId product, List<NewOption> options);

    /** Which of these sku codes are taken. */
    Set<String> taken(Collection<String> skus);

    /** The product with its options and what is available of each. */
    Optional<Product> find(ProductId id);

    /** What is offered under these ids now; an id no option has is left out. */
    Map<OptionId, Offer> offers(Collection<OptionId> options);
}
