package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The story that {@link Demo} tells, to be read from top to bottom: every call of the shop is the public API's. */
final class DemoStory {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");

    private final CommerceFacade shop;
    private final SettableClock clock;
    private final Screen screen;
    private final Product mug;
    private final Product teapot;

    DemoStory(CommerceFacade shop, SettableClock clock, Screen screen) {
        this.shop = shop;
        this.clock = clock;
        this.screen = screen;
        this.mug = shop.products()
                .register(NewProduct.of("Mug", "kitchen", krw(12_000))
                        .withOption("MUG-BLUE", Map.of("color", "blue"), 10));
        this.teapot = shop.products()
                .register(NewProduct.of("Teapot", "kitchen", krw(48_000))
                        .withOption("TEAPOT-IRON", Map.of("material", "cast iron"), 2));
    }

    /** Returns whether the audit at the end is clean. */
    boolean tell() {
        screen.say("A whole shop inside this process. Its database is H2, in memory: nothing was installed.");
        goodsAndMoney();
        annBuys();
        benAsksForTooMuch();
        benChangesHisMind();
        annForgets();
        ledger();
        return proof();
    }

    private void goodsAndMoney() {
        screen.heading("1. Goods and money");
        shop.users().register(ANN);
        shop.users().topUp(TopUp.of(ANN, krw(100_000)));
        shop.users().register(BEN);
        shop.users().topUp(TopUp.of(BEN, krw(150_000)));
        Table shelf = new Table()
                .texts("product")
                .texts("option")
                .texts("sku")
                .figures("price")
                .figures("stock");
        for (Product product : List.of(mug, teapot)) {
            product.options()
                    .forEach(option -> shelf.row(
                            product.name(),
                            String.join(", ", option.attributes().values()),
                            option.sku(),
                            Figures.money(product.price()),
                            Figures.count(option.available())));
        }
        screen.show(shelf);
        screen.tell("");
        screen.tell("Ann charges her balance with KRW 100,000, Ben his with KRW 150,000.");
    }

    private void annBuys() {
        screen.heading("2. Ann buys 2 mugs and a teapot");
        screen.tell("Placing reserves the units: nobody else can have them while she pays.");
        screen.tell("Paying takes the money and the units in one transaction: both, or neither.");
        screen.tell("");
        pay(place(PlaceOrder.by(ANN).line(option(mug), 2).line(option(teapot), 1)));
    }

    private void benAsksForTooMuch() {
        screen.heading("3. Ben wants a mug and 2 teapots, and 1 is left: the shop never oversells");
        PlaceOrder tooMuch = PlaceOrder.by(BEN).line(option(mug), 1).line(option(teapot), 2);
        refused(() -> shop.orders().place(tooMuch));
        screen.tell("An order takes all its lines or none: the mug stays on the shelf, and the database as it was.");
    }

    private void benChangesHisMind() {
        screen.heading("4. Ben takes the last teapot, then cancels: the units go back");
        Order order = place(PlaceOrder.by(BEN).line(option(teapot), 1));
        show(shop.orders().cancel(CancelOrder.by(BEN, order.id())).order());
    }

    private void annForgets() {
        screen.heading("5. Ann orders the teapot and forgets to pay: nothing is held for ever");
        Order order = place(PlaceOrder.by(ANN).line(option(teapot), 1));
        Duration timeToPay = Duration.between(clock.instant(), order.expiresAt());
        clock.pass(timeToPay);
        screen.tell("... " + timeToPay.toMinutes() + " minutes pass, then she tries to pay ...");
        refused(() -> shop.orders().pay(PayOrder.by(ANN, order.id())));
        long expired = shop.jobs().expireOverdueOrders().call().expired();
        screen.tell("The job that a host runs every 30 seconds found " + Figures.count(expired, "order") + ":");
        show(shop.orders().get(ANN, order.id()));
    }

    private void ledger() {
        screen.heading("6. Every change of a balance left a line that nothing ever changes");
        Table table = new Table()
                .texts("user")
                .figures("no")
                .texts("why")
                .figures("before")
                .figures("change")
                .figures("after")
                .texts("order");
        for (UserId user : List.of(ANN, BEN)) {
            shop.users().listBalanceChanges(user, BalanceQuery.all(), PageRequest.first(100)).items().stream()
                    .sorted(Comparator.comparingLong(BalanceChange::number))
                    .forEach(change -> table.row(
                            user.value(),
                            Figures.count(change.number()),
                            change.movement().code().name(),
                            Figures.money(change.before()),
                            Figures.money(change.movement().amount()),
                            Figures.money(change.after()),
                            change.movement().reference()));
        }
        screen.show(table);
    }

    private boolean proof() {
        screen.heading("7. The audit checks the whole database, at any time, while the shop sells");
        boolean clean = Check.show(Check.of(shop.jobs().audit().call()), screen);
        screen.say("");
        screen.say("Now with many at once and too little on the shelf: console replay --threads 8 --stock 5");
        return clean;
    }

    private Order place(PlaceOrder request) {
        Order order = shop.orders().place(request);
        show(order);
        return order;
    }

    private void pay(Order order) {
        Receipt receipt = shop.orders().pay(PayOrder.by(order.user(), order.id()));
        show(receipt.order());
    }

    /** What must be refused is; if it were not, the story would be wrong. */
    private void refused(Runnable useCase) {
        try {
            useCase.run();
        } catch (CommerceException refusal) {
            screen.tell("REFUSED  " + refusal.getMessage());
            return;
        }
        throw new IllegalStateException("the shop should have refused this");
    }

    private void show(Order order) {
        screen.tell(String.format(
                Locale.ROOT,
                "order %s  %-9s  %s  shelf: %s, %s",
                order.id(),
                order.status(),
                Figures.money(order.total()),
                Figures.count(available(mug), "mug"),
                Figures.count(available(teapot), "teapot")));
    }

    private long available(Product product) {
        return shop.products().get(product.id()).options().get(0).available();
    }

    private static OptionId option(Product product) {
        return product.options().get(0).id();
    }

    private static Money krw(long amount) {
        return Money.ofMajor(KRW, amount);
    }
}
