package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * A shop made ready for one run: a product for each item, and users with money. All of it carries the name of the run,
 * so a run meets nothing that an earlier one left in the database, however that ended. Immutable.
 *
 * @param shop the shop
 * @param articles what it sells in this run, by item
 * @param shoppers who buys
 */
record Market(CommerceFacade shop, Map<String, Article> articles, List<Shopper> shoppers) {
    Market {
        articles = Map.copyOf(articles);
        shoppers = List.copyOf(shoppers);
    }

    /**
     * Somebody with enough money for all of their baskets.
     *
     * @param id the user
     * @param charged how much money they were given
     */
    record Shopper(UserId id, Money charged) {}

    /** Who carries this basket. */
    Shopper shopper(int basket) {
        return shoppers.get(basket % shoppers.size());
    }

    /** The order that this basket makes. */
    PlaceOrder order(Shopper shopper, Basket basket) {
        PlaceOrder order = PlaceOrder.by(shopper.id());
        for (Map.Entry<String, Long> wanted : basket.quantities().entrySet()) {
            order = order.line(article(wanted.getKey()).option().id(), wanted.getValue());
        }
        return order;
    }

    /** What an item of the baskets is sold as. */
    Article article(String item) {
        Article article = articles.get(item);
        if (article == null) {
            throw new IllegalArgumentException("no basket had " + item);
        }
        return article;
    }
}
