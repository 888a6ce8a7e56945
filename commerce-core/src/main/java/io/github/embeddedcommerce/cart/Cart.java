package io.github.embeddedcommerce.cart;

import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A user's cart, as it was when it was read. Immutable.
 *
 * <p>A cart reserves nothing: its prices and the available units are current. An item whose product is no longer on
 * sale stays in the cart, but is not part of the total, and an order that includes it is refused.
 *
 * @param user whose cart
 * @param lines its items, in the order in which they were added
 * @param currency the currency of the shop
 */
public record Cart(UserId user, List<CartLine> lines, CurrencyUnit currency) {
    /** The most items a cart can have: as many as an order can have lines. */
    public static final int MAX_ITEMS = 200;

    /** Copies the lines. */
    public Cart {
        lines = List.copyOf(lines);
    }

    /** The sum of the lines that are on sale, at current prices. */
    public Money total() {
        return lines.stream()
                .filter(CartLine::isOnSale)
                .map(CartLine::subtotal)
                .reduce(Money.zero(currency), Money::plus);
    }
}
