package io.github.embeddedcommerce.cart;

import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A user's cart, as it was when it was read. Immutable.
 *
 * <p>A cart reserves nothing: prices, and what is available, are those of the moment. An item whose product was taken
 * off sale stays in the cart, so that its user sees what became of it; it is not part of the total, and an order that
 * includes it is refused until it is removed or on sale again.
 *
 * @param user whose cart
 * @param lines its items in the order in which their options were first added; empty for an empty cart
 * @param currency the currency of the shop
 */
public record Cart(UserId user, List<CartLine> lines, CurrencyUnit currency) {
    /** The most items a cart can have: as many as an order can have lines. */
    public static final int MAX_ITEMS = 200;

    /** Copies the lines. */
    public Cart {
        lines = List.copyOf(lines);
    }

    /** What all lines that are on sale come to now. */
    public Money total() {
        return lines.stream()
                .filter(CartLine::isOnSale)
                .map(CartLine::subtotal)
                .reduce(Money.zero(currency), Money::plus);
    }
}
