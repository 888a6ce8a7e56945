package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.StockStore.OffersWithStock;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Refused;
import java.util.Map;
import java.util.Set;

/**
 * The offers and stock levels of options to add to carts. A cart reserves nothing, so the stock is read without a lock
 * here, and checked again when the order is placed.
 */
record CartOffers(OffersWithStock offered) {
    static CartOffers read(Set<OptionId> options, Stores stores) {
        return new CartOffers(
                options.isEmpty()
                        ? new OffersWithStock(Map.of(), Map.of())
                        : stores.stock().findWithOffers(options));
    }

    /** Refuses an option that is unknown or not on sale (PRODUCT_OPTION_NOT_FOUND), or short (INSUFFICIENT_STOCK). */
    void requireAvailable(OptionId option, long quantity) {
        Offer offer = offered.offers().get(option);
        StockLevel level = offered.levels().get(option);
        if (offer == null || level == null) {
            throw Offer.notFound(option);
        }
        offer.requireOnSale();
        level.requireAvailable(offer.sku(), quantity);
    }

    /** The refusal of this quantity of an option, with the shortage if stock is short. */
    static <A> Answer<A> refused(CommerceException refusal, OptionId option, long quantity) {
        boolean isShort = refusal.code() == ErrorCode.INSUFFICIENT_STOCK;
        return new Refused<>(refusal, isShort ? Map.of(option, quantity) : Map.of());
    }
}
