package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.store.Stores;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes the host's own words on orders, products and options, whose rows are locked meanwhile. Thread-safe. */
public record LabelThings(UseCaseContext context) {
    /**
     * Changes the reference or note of an order; two who change different ones do not undo each other.
     *
     * @param reference the reference that it is to have from now on; none if that does not change
     */
    public OrderRecord order(OrderId id, Reference reference, UnaryOperator<OrderLabels> change) {
        return context.transactions().run("backOffice.labelOrder", stores -> {
            if (!stores.orders().lock(Set.of(id)).containsKey(id)) {
                throw Order.notFound(id);
            }
            References.refuseTaken(id, reference, stores);
            OrderLabels before = stores.orders().labels(Set.of(id)).getOrDefault(id, OrderLabels.none());
            OrderLabels after = change.apply(before);
            stores.orders().label(id, after);
            Order order = stores.orders().find(Set.of(id)).get(id);
            return new OrderRecord(Objects.requireNonNull(order), after);
        });
    }

    /** Changes the reference of a product. */
    public Product product(ProductId id, Reference reference) {
        return context.transactions().run("backOffice.labelProduct", stores -> {
            lock(id, stores);
            References.refuseTaken(id, reference, stores);
            stores.products().refer(Map.of(id, reference));
            return stores.products().find(id).orElseThrow();
        });
    }

    /** Changes the reference of an option, under the lock of its product. */
    public Product option(OptionId id, Reference reference) {
        return context.transactions().run("backOffice.labelOption", stores -> {
            Offer offer = stores.products().offers(Set.of(id)).get(id);
            if (offer == null) {
                throw Offer.notFound(id);
            }
            lock(offer.product(), stores);
            References.refuseTaken(id, reference, stores);
            stores.products().referOptions(Map.of(id, reference));
            return stores.products().find(offer.product()).orElseThrow();
        });
    }

    private static void lock(ProductId id, Stores stores) {
        if (!stores.products().lock(Set.of(id)).containsKey(id)) {
            throw Product.notFound(id);
        }
    }
}
