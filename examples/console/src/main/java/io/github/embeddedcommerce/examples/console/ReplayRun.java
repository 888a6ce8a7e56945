package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.examples.console.Visit.Errand;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** One run of a replay in an open shop: get ready, sell, report, check. */
final class ReplayRun {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final CommerceFacade shop;
    private final Crew crew;
    private final Screen screen;

    ReplayRun(CommerceFacade shop, Crew crew, Screen screen) {
        this.shop = shop;
        this.crew = crew;
        this.screen = screen;
    }

    /**
     * Sells all baskets, or as many as it comes to until asked to stop.
     *
     * @param stock units of each item; empty for what the baskets ask for
     * @return whether every check holds
     */
    boolean replay(Baskets baskets, int users, OptionalLong stock) {
        String name = name(Instant.now());
        screen.say("Run " + name + " brings its own products and users under that name.");
        long expired = shop.jobs().expireOverdueOrders().call().expired();
        if (expired > 0) {
            screen.say("An earlier run left " + Figures.count(expired, "order") + " unpaid: expired, units released.");
        }
        Optional<Market> market = new Opening(shop, name, crew, screen).open(baskets, users, stock);
        if (market.isEmpty()) {
            screen.say("Stopped before the first basket.");
            return true;
        }
        return sell(market.get(), baskets.baskets());
    }

    private boolean sell(Market market, List<Basket> baskets) {
        Shopping shopping = new Shopping(market);
        Queue<Visit> visits = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        try {
            crew.work(
                    baskets.size(),
                    new ProgressLine(screen, "baskets"),
                    i -> visits.add(shopping.visit(new Errand(market.shopper(i), baskets.get(i)))));
        } catch (StorageException error) {
            screen.say("The database failed after " + progress(visits.size(), baskets) + ".");
            throw error;
        }
        long nanos = System.nanoTime() - start;
        if (visits.size() < baskets.size()) {
            screen.say("Stopped after " + progress(visits.size(), baskets) + "; this is what they came to.");
        }
        return report(market, new Sales(List.copyOf(visits)), nanos);
    }

    private boolean report(Market market, Sales sales, long nanos) {
        ReplayReport report = new ReplayReport(screen, sales);
        report.orders(nanos);
        report.latency();
        report.bestSellers(market);
        screen.heading("Proof: our count against the shop's, and the shop's audit of the whole database");
        List<Check> checks = new ArrayList<>(new SelfCheck(market, sales).call());
        checks.addAll(Check.of(shop.jobs().audit().call()));
        return Check.show(checks, screen);
    }

    private static String progress(int done, List<Basket> baskets) {
        return Figures.count(done) + " of " + Figures.count(baskets.size(), "basket");
    }

    /** The time, for people, and chance, for two runs in one second. */
    private static String name(Instant now) {
        int chance = ThreadLocalRandom.current().nextInt(1 << 24);
        return NAME.format(now) + String.format(Locale.ROOT, "-%06x", chance);
    }
}
