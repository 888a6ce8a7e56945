package io.github.embeddedcommerce.cart;

import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.ProductOption;
import org.joda.money.Money;

/**
 * An item of a cart with its product and current price. Immutable.
 *
 * @param item the option and the quantity
 * @param offer the product as it is now; it may no longer be on sale
 * @param option the option with its attributes and the available units, which may be fewer than the quantity
 */
public record CartLine(CartItem item, Offer offer, ProductOption option) {
    /** Whether its product is on sale. */
    public boolean isOnSale() {
        return offer.details().onSale();
    }

    /** The current price of one unit. */
    public Money unitPrice() {
        return offer.price();
    }

    /** Unit price times quantity. */
    public Money subtotal() {
        return unitPrice().multipliedBy(item.quantity());
    }
}
