package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.examples.console.Market.Shopper;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.joda.money.Money;

/** Makes a market ready for one run. */
final class Opening {
    private final CommerceFacade shop;
    private final String run;
    private final Crew crew;
    private final Screen screen;

    /** The name of the run is part of every sku code and user id, so it must be a new one. */
    Opening(CommerceFacade shop, String run, Crew crew, Screen screen) {
        this.shop = shop;
        this.run = run;
        this.crew = crew;
        this.screen = screen;
    }

    /**
     * Registers a product for each item, and users with the money for the baskets that fall to them.
     *
     * @param stock units of each item; empty for what the baskets ask for
     * @return empty if asked to stop
     */
    Optional<Market> open(Baskets baskets, int users, OptionalLong stock) {
        Map<String, Long> demand = baskets.demand();
        List<String> items = List.copyOf(demand.keySet());
        Map<String, Article> articles = new ConcurrentHashMap<>();
        boolean stocked = crew.work(items.size(), new ProgressLine(screen, "products"), i -> {
            String item = items.get(i);
            articles.put(item, register(item, i + 1, stock.orElse(demand.getOrDefault(item, 0L))));
        });
        List<Shopper> shoppers = shoppers(baskets, users);
        boolean charged =
                stocked && crew.work(shoppers.size(), new ProgressLine(screen, "users"), i -> charge(shoppers.get(i)));
        return charged ? Optional.of(new Market(shop, articles, shoppers)) : Optional.empty();
    }

    private Article register(String item, int number, long stock) {
        NewProduct product = NewProduct.of(item, "groceries", Article.price(item));
        Product registered = shop.products().register(product.withOption(run + "-" + number, stock));
        return new Article(registered, stock);
    }

    private void charge(Shopper shopper) {
        shop.users().register(shopper.id());
        shop.users().topUp(TopUp.of(shopper.id(), shopper.charged()));
    }

    private List<Shopper> shoppers(Baskets baskets, int users) {
        int shopping = Math.min(users, baskets.baskets().size());
        Map<Integer, Money> purses = new HashMap<>();
        for (int i = 0; i < baskets.baskets().size(); i++) {
            List<String> items = baskets.baskets().get(i).items();
            Money total = Money.total(items.stream().map(Article::price).toList());
            purses.merge(i % shopping, total, Money::plus);
        }
        List<Shopper> shoppers = new ArrayList<>();
        purses.forEach((number, money) -> shoppers.add(new Shopper(new UserId(run + "-user-" + (number + 1)), money)));
        return shoppers;
    }
}
