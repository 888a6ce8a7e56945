package io.github.embeddedcommerce.cart;

import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.ProductOption;
import org.joda.money.Money;

/**
 * An item of a cart as a customer sees it: with its product, at today's price. Immutable.
 *
 * @param item what and how many
 * @param offer the product as it is offered now; it may have been taken off sale since the item was added
 * @param option the option with its attributes and what is available of it now, which may be less than the quantity
 */
public record CartLine(CartItem item, Offer offer, ProductOption option) {
    /** Whether it can be ordered at all: its product is on sale. */
    public boolean isOnSale() {
        return offer.details().onSale();
    }

    /** What one unit costs now. */
    public Money unitPrice() {
        return offer.price();
    }

    /** Unit price times quantity. */
    public Money subtotal() {
        return unitPrice().multipliedBy(item.quantity());
    }
}
