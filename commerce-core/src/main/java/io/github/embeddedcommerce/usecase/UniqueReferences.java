package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.store.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of the unique references that orders are to be placed with are taken: by orders, or by requests of the same
 * transaction. A request of another transaction that is faster is found by the unique key. Not thread-safe.
 */
final class UniqueReferences {
    private final Map<String, String> holders = new HashMap<>();

    private UniqueReferences() {}

    /** Nothing is read for requests without a unique reference. */
    static UniqueReferences of(List<PlaceOrder> requests, Stores stores) {
        UniqueReferences references = new UniqueReferences();
        Set<String> wanted = requests.stream()
                .map(request -> request.labels().reference())
                .filter(Reference::isUnique)
                .map(Reference::text)
                .collect(toSet());
        if (!wanted.isEmpty()) {
            stores.orders().holders(wanted).forEach((text, order) -> references.holders.put(text, "order " + order));
        }
        return references;
    }

    /** Takes a reference for an order that is placed; refuses a unique one that is taken (VALIDATION_ERROR). */
    void claim(Reference reference) {
        if (reference.isUnique()) {
            String holder = holders.putIfAbsent(reference.text(), "an order that is placed at the same time");
            if (holder != null) {
                throw reference.taken("labels.reference", holder);
            }
        }
    }
}
