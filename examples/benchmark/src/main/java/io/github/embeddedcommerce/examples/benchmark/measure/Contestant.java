package io.github.embeddedcommerce.examples.benchmark.measure;

import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import java.util.function.LongSupplier;

/** A contender with its shop open, what is in the shop, and who has taken which coupon. Thread-safe. */
public final class Contestant {
    private final Contender contender;
    private final Shop shop;
    private final Stock stock;
    private final LongSupplier roundTrips;

    private Contestant(Contender contender, Shop shop, Stock stock, LongSupplier roundTrips) {
        this.contender = contender;
        this.shop = shop;
        this.stock = stock;
        this.roundTrips = roundTrips;
    }

    private record Stock(Catalog catalog, Tickets limited, Tickets unlimited) {}

    /** A contender whose shop has just been filled. */
    public static Contestant of(Contender contender, Shop shop, Catalog catalog) {
        Tickets limited = new Tickets(catalog, catalog.limited());
        Tickets unlimited = new Tickets(catalog, catalog.unlimited());
        return new Contestant(contender, shop, new Stock(catalog, limited, unlimited), () -> -1);
    }

    /** The same by another shop on the same database, behind a network that counts its round trips. */
    public Contestant by(Shop otherShop, LongSupplier roundTripsSoFar) {
        return new Contestant(contender, otherShop, stock, roundTripsSoFar);
    }

    /** Which contender. */
    public Contender contender() {
        return contender;
    }

    /** Its shop. */
    public Shop shop() {
        return shop;
    }

    /** How many round trips it has made so far; negative if nobody counts. */
    long roundTrips() {
        return roundTrips.getAsLong();
    }

    Catalog catalog() {
        return stock.catalog;
    }

    Tickets limited() {
        return stock.limited;
    }

    Tickets unlimited() {
        return stock.unlimited;
    }
}
