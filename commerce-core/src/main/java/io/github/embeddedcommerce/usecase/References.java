package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.store.Stores;
import java.util.Map;
import java.util.Set;

/**
 * Puts references on things. Each unique one is looked up first; whoever is faster than the look is found by the unique
 * key, and the transaction is tried again.
 */
public final class References {
    private References() {}

    /** Refuses a new option with a unique reference that another option has (VALIDATION_ERROR). */
    public static void refuseTaken(NewOption option, Stores stores) {
        if (option.reference().isUnique()) {
            String text = option.reference().text();
            OptionId holder = stores.products().optionHolders(Set.of(text)).get(text);
            if (holder != null) {
                throw option.reference().taken("reference", "option " + holder);
            }
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
