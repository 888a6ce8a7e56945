package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.store.Stores;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Who has the unique references that products to be registered ask for, in words. Not thread-safe. */
final class NewReferences {
    private final Map<String, String> products = new HashMap<>();
    private final Map<String, String> options = new HashMap<>();

    /** Those that are taken now. */
    static NewReferences of(List<NewProduct> requests, Stores stores) {
        NewReferences references = new NewReferences();
        Set<String> ofProducts = unique(requests.stream().map(NewProduct::reference));
        Set<String> ofOptions = unique(requests.stream()
                .map(NewProduct::options)
                .flatMap(Collection::stream)
                .map(NewOption::reference));
        if (!ofProducts.isEmpty()) {
            stores.products().holders(ofProducts).forEach((text, id) -> references.products.put(text, "product " + id));
        }
        if (!ofOptions.isEmpty()) {
            stores.products()
                    .optionHolders(ofOptions)
                    .forEach((text, id) -> references.options.put(text, "option " + id));
        }
        return references;
    }

    private static Set<String> unique(Stream<Reference> references) {
        return references.filter(Reference::isUnique).map(Reference::text).collect(toSet());
    }

    /** Refuses a product with a unique reference that another product or option has (VALIDATION_ERROR). */
    void refuseTaken(NewProduct product) {
        refuse(product.reference(), "reference", products);
        for (int i = 0; i < product.options().size(); i++) {
            refuse(product.options().get(i).reference(), "options[" + i + "].reference", options);
        }
    }

    private static void refuse(Reference reference, String field, Map<String, String> holders) {
        String holder = reference.isUnique() ? holders.get(reference.text()) : null;
        if (holder != null) {
            throw reference.taken(field, holder);
        }
    }

    /** This product is registered, and has what it asks for. */
    void add(NewProduct product) {
        if (product.reference().isUnique()) {
            products.put(product.reference().text(), "another product of the list");
        }
        for (NewOption option : product.options()) {
            if (option.reference().isUnique()) {
                options.put(option.reference().text(), "another option of the list");
            }
        }
    }

    /** Writes the references of new products and their options, as far as there are any. */
    static void write(List<Product> registered, Stores stores) {
        Map<ProductId, Reference> ofProducts = new LinkedHashMap<>();
        Map<OptionId, Reference> ofOptions = new LinkedHashMap<>();
        for (Product product : registered) {
            if (!product.reference().isNone()) {
                ofProducts.put(product.id(), product.reference());
            }
            product.options().stream()
                    .filter(option -> !option.reference().isNone())
                    .forEach(option -> ofOptions.put(option.id(), option.reference()));
        }
        if (!ofProducts.isEmpty()) {
            stores.products().refer(ofProducts);
        }
        if (!ofOptions.isEmpty()) {
            stores.products().referOptions(ofOptions);
        }
    }
}
