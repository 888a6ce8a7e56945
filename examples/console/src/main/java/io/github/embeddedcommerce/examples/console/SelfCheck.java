package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.examples.console.Market.Shopper;
import io.github.embeddedcommerce.user.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.joda.money.Money;

/** Holds what we counted during a run against what the shop says afterwards: two books that must agree. */
final class SelfCheck {
    private final Market market;
    private final Sales sales;
    private final Map<String, Long> available = new TreeMap<>();
    private final Map<String, Long> unpaid;

    /** Asks the shop what is left of each item. */
    SelfCheck(Market market, Sales sales) {
        this.market = market;
        this.sales = sales;
        this.unpaid = sales.unpaid();
        market.articles().forEach((item, article) -> available.put(item, available(article)));
    }

    List<Check> call() {
        return List.of(nothingOversold(), nothingRefusedInVain(), moneyMatches());
    }

    /** An unpaid order holds its units until it expires, so they may be available again or not. */
    private Check nothingOversold() {
        Map<String, Long> sold = sales.sold();
        List<String> offences = new ArrayList<>();
        market.articles().forEach((item, article) -> {
            long accounted = of(item, sold) + of(item, available);
            if (accounted > article.stock() || accounted + of(item, unpaid) < article.stock()) {
                offences.add(item + ": " + article.stock() + " in stock, " + of(item, sold) + " sold, "
                        + of(item, available) + " left");
            }
        });
        return new Check("units sold + units left = units there were, for every item", offences);
    }

    /** Units only become fewer during a run, so what was short then is short now. */
    private Check nothingRefusedInVain() {
        List<String> offences = new ArrayList<>();
        for (Visit visit : sales.visits()) {
            if (visit.refusal().startsWith(ErrorCode.INSUFFICIENT_STOCK.name())) {
                Map<String, Long> wanted = visit.errand().basket().quantities();
                if (wanted.keySet().stream().allMatch(item -> of(item, wanted) <= left(item))) {
                    offences.add("a basket of " + wanted);
                }
            }
        }
        return new Check("no basket was refused for stock that is still there", offences);
    }

    private Check moneyMatches() {
        Map<UserId, Money> spent = new HashMap<>();
        for (Visit visit : sales.visits()) {
            if (visit.paid() != null) {
                spent.merge(visit.errand().shopper().id(), Objects.requireNonNull(visit.paid()), Money::plus);
            }
        }
        List<String> offences = new ArrayList<>();
        for (Shopper shopper : market.shoppers()) {
            Money balance = market.shop().users().get(shopper.id()).balance();
            Money missing = shopper.charged().minus(balance);
            Money paid = spent.getOrDefault(shopper.id(), Money.zero(missing.getCurrencyUnit()));
            if (!missing.isEqual(paid)) {
                offences.add(shopper.id() + " paid " + Figures.money(paid) + ", the balance went down by "
                        + Figures.money(missing));
            }
        }
        return new Check("what orders cost = what left the balances, for every user", offences);
    }

    private long left(String item) {
        return of(item, available) - of(item, unpaid);
    }

    private long available(Article article) {
        return market.shop()
                .products()
                .get(article.product().id())
                .option(article.option().sku())
                .available();
    }

    private static long of(String item, Map<String, Long> quantities) {
        return quantities.getOrDefault(item, 0L);
    }
}
