package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.store.Stores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts references on things. Each unique one is looked up first; whoever is faster than the look is found by the unique
 * key, and the transaction is tried again.
 */
public final class References {
    private References() {}

    /** Refuses a product with a unique reference that another product or option has (VALIDATION_ERROR). */
    public static void refuseTaken(NewProduct product, Stores stores) {
        Reference reference = product.reference();
        if (reference.isUnique()) {
            ProductId holder =
                    stores.products().holders(Set.of(reference.text())).get(reference.text());
            if (holder != null) {
                throw reference.taken("reference", "product " + holder);
            }
        }
        refuseTaken(product.options(), "options[%d].reference", stores);
    }

    /**
     * Refuses an option with a unique reference that another option has (VALIDATION_ERROR).
     *
     * @param field where an option's reference is in the request, with %d for the option's place among these
     */
    public static void refuseTaken(List<NewOption> options, String field, Stores stores) {
        Set<String> unique = options.stream()
                .map(NewOption::reference)
                .filter(Reference::isUnique)
                .map(Reference::text)
                .collect(toSet());
        Map<String, OptionId> holders =
                unique.isEmpty() ? Map.of() : stores.products().optionHolders(unique);
        for (int i = 0; i < options.size(); i++) {
            Reference reference = options.get(i).reference();
            if (reference.isUnique() && holders.containsKey(reference.text())) {
                throw reference.taken(field.formatted(i), "option " + holders.get(reference.text()));
            }
        }
    }

    /** Writes the reference of a product that is new or locked, unless there is none. */
    public static void write(ProductId product, Reference reference, Stores stores) {
        if (!reference.isNone()) {
            stores.products().refer(Map.of(product, reference));
        }
    }

    /** Writes the references of new options, as far as there are any. */
    public static void write(List<OptionId> ids, List<NewOption> options, Stores stores) {
        Map<OptionId, Reference> references = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!options.get(i).reference().isNone()) {
                references.put(ids.get(i), options.get(i).reference());
            }
        }
        if (!references.isEmpty()) {
            stores.products().referOptions(references);
        }
    }

    /** Refuses a unique reference that another order has (VALIDATION_ERROR). */
    public static void refuseTaken(OrderId order, Reference reference, Stores stores) {
        if (reference.isUnique()) {
            refuseOther(order, stores.orders().holders(Set.of(reference.text())), reference, "order ");
        }
    }

    /** Refuses a unique reference that another product has (VALIDATION_ERROR). */
    public static void refuseTaken(ProductId product, Reference reference, Stores stores) {
        if (reference.isUnique()) {
            refuseOther(product, stores.products().holders(Set.of(reference.text())), reference, "product ");
        }
    }

    /** Refuses a unique reference that another option has (VALIDATION_ERROR). */
    public static void refuseTaken(OptionId option, Reference reference, Stores stores) {
        if (reference.isUnique()) {
            refuseOther(option, stores.products().optionHolders(Set.of(reference.text())), reference, "option ");
        }
    }

    private static <I> void refuseOther(I own, Map<String, I> holders, Reference reference, String kind) {
        I holder = holders.get(reference.text());
        if (holder != null && !holder.equals(own)) {
            throw reference.taken("reference", kind + holder);
        }
    }
}
