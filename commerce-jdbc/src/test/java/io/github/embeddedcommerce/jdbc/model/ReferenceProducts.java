package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalog and the stock of the reference. */
final class ReferenceProducts {
    private final ReferenceShop shop;
    final TreeMap<Long, Goods> goods = new TreeMap<>();
    final TreeMap<Long, Unit> units = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();

    ReferenceProducts(ReferenceShop shop) {
        this.shop = shop;
    }

    /** A product. */
    static final class Goods {
        final long id;
        final Instant since;
        final List<Unit> units = new ArrayList<>();
        Facts facts;

        Goods(long id, Instant since, Facts facts) {
            this.id = id;
            this.since = since;
            this.facts = facts;
        }

        String told() {
            return Told.of(id, facts, since, ReferenceShop.lines(units));
        }
    }

    /** What can be changed of a product. */
    record Facts(String name, String category, long price, boolean onSale) {
        @Override
        public String toString() {
            return Told.of(name, category, price, onSale);
        }
    }

    /** A product option. */
    static final class Unit {
        final long id;
        final Goods goods;
        final String sku;
        final List<String> history = new ArrayList<>();
        Instant changedAt;
        long onHand;
        long reserved;

        Unit(long id, Goods goods, String sku, Instant since) {
            this.id = id;
            this.goods = goods;
            this.sku = sku;
            this.changedAt = since;
        }

        long available() {
            return onHand - reserved;
        }

        String level() {
            return Told.of(id, onHand, reserved, changedAt);
        }

        @Override
        public String toString() {
            return Told.of(id, sku, "color=" + sku, available());
        }
    }

    /** An option to be made. */
    record Wanted(String sku, long stock) {}

    String register(long id, List<Long> unitIds, Facts facts, List<Wanted> wanted) {
        Refused.when(facts.price() < 0 || facts.price() > ReferenceShop.MOST_MONEY, VALIDATION_ERROR);
        Refused.when(wanted.isEmpty(), VALIDATION_ERROR);
        refuseTaken(wanted);
        Goods made = new Goods(id, shop.now, facts);
        goods.put(id, made);
        for (int i = 0; i < wanted.size(); i++) {
            add(unitIds.get(i), made, wanted.get(i));
        }
        return made.told();
    }

    String addOption(long goodsId, long unitId, Wanted wanted) {
        Goods grown = known(goodsId);
        refuseTaken(List.of(wanted));
        add(unitId, grown, wanted);
        return grown.told();
    }

    private void refuseTaken(List<Wanted> wanted) {
        Set<String> skus = new HashSet<>();
        units.values().forEach(unit -> skus.add(unit.sku));
        for (Wanted option : wanted) {
            Refused.when(!skus.add(option.sku()), VALIDATION_ERROR);
        }
    }

    private void add(long unitId, Goods goodsOfIt, Wanted wanted) {
        Unit unit = new Unit(unitId, goodsOfIt, wanted.sku(), shop.now);
        goodsOfIt.units.add(unit);
        units.put(unitId, unit);
        if (wanted.stock() > 0) {
            changeOnHand(unit, wanted.stock(), "INITIAL", "");
        }
    }

    /** What can be changed of a product. */
    String facts(long id) {
        return known(id).facts.toString();
    }

    /** Another catalog with the same in it, to try what would be refused. */
    ReferenceProducts copy() {
        ReferenceProducts copy = new ReferenceProducts(shop);
        goods.forEach((id, one) -> copy.goods.put(id, new Goods(id, one.since, one.facts)));
        units.forEach((id, unit) -> {
            Unit same = new Unit(id, copy.known(unit.goods.id), unit.sku, unit.changedAt);
            same.onHand = unit.onHand;
            same.reserved = unit.reserved;
            same.goods.units.add(same);
            copy.units.put(id, same);
        });
        return copy;
    }

    String get(long id) {
        return known(id).told();
    }

    String findBySku(String sku) {
        return units.values().stream()
                .filter(unit -> unit.sku.equals(sku))
                .map(unit -> unit.goods.told())
                .findFirst()
                .orElse("none");
    }

    String findStock(long unitId) {
        Unit unit = units.get(unitId);
        return unit == null ? "none" : unit.level();
    }

    String change(long id, @Nullable String name, @Nullable Long price, @Nullable Boolean onSale) {
        Refused.when(name == null && price == null && onSale == null, VALIDATION_ERROR);
        Goods changed = known(id);
        changed.facts = new Facts(
                name == null ? changed.facts.name() : name,
                changed.facts.category(),
                price == null ? changed.facts.price() : price,
                onSale == null ? changed.facts.onSale() : onSale);
        return changed.told();
    }

    String receive(long unitId, long quantity) {
        Refused.when(quantity < 1, INVALID_STOCK_QUANTITY);
        return changeStock(unitId, quantity, "RECEIPT", "");
    }

    String adjust(long unitId, long quantity, String note) {
        Refused.when(note.isBlank(), VALIDATION_ERROR);
        return changeStock(unitId, quantity, "ADJUSTMENT", note);
    }

    private String changeStock(long unitId, long quantity, String kind, String note) {
        Unit unit = Refused.unless(units.get(unitId), PRODUCT_OPTION_NOT_FOUND);
        Refused.when(quantity == 0, INVALID_STOCK_QUANTITY);
        Refused.when(unit.onHand + quantity < unit.reserved, INVALID_STOCK_QUANTITY);
        Refused.when(unit.onHand + quantity > ReferenceShop.MOST_UNITS, INVALID_STOCK_QUANTITY);
        changeOnHand(unit, quantity, kind, note);
        return unit.level();
    }

    /** What everything but a sale does to what is on hand: it leaves a line in the history. */
    void changeOnHand(Unit unit, long quantity, String kind, String note) {
        String change = Told.of(unit.id, unit.onHand, unit.onHand + quantity, kind, note);
        unit.history.add(0, Told.of(change, shop.now));
        changes.add(change);
        unit.onHand += quantity;
        unit.changedAt = shop.now;
    }

    List<String> history(long unitId) {
        Unit unit = Refused.unless(units.get(unitId), PRODUCT_OPTION_NOT_FOUND);
        return unit.history;
    }

    /** What customers see, by the name of the order they see it in. */
    List<String> onSale(String sort, @Nullable String category) {
        List<Goods> ranked = shop.popularity.ranked();
        Comparator<Goods> byId = Comparator.comparing(one -> one.id);
        Comparator<Goods> byPrice =
                Comparator.<Goods, Long>comparing(one -> one.facts.price()).thenComparing(byId);
        Comparator<Goods> newest = Comparator.<Goods, Instant>comparing(one -> one.since)
                .thenComparing(byId)
                .reversed();
        Comparator<Goods> order = switch (sort) {
            case "PRICE_UP" -> byPrice;
            case "PRICE_DOWN" -> byPrice.reversed();
            case "NEWEST" -> newest;
            default ->
                Comparator.<Goods, Integer>comparing(one -> ranked.contains(one) ? ranked.indexOf(one) : ranked.size())
                        .thenComparing(newest);
        };
        return goods.values().stream()
                .filter(one -> one.facts.onSale())
                .filter(one -> category == null || one.facts.category().equals(category))
                .sorted(order)
                .map(Goods::told)
                .toList();
    }

    private Goods known(long id) {
        Goods found = Refused.unless(goods.get(id), PRODUCT_NOT_FOUND);
        return found;
    }

    void write(Map<String, Collection<String>> books) {
        books.put(
                "select id, name, category, price, on_sale, registered_at from <commerce>products order by id",
                goods.values().stream()
                        .map(one -> Told.of(one.id, one.facts, one.since))
                        .toList());
        books.put(
                """
                select s.option_id, o.product_id, o.sku, s.on_hand, s.reserved, s.changed_at
                from <commerce>stock s join <commerce>product_options o on o.id = s.option_id
                order by s.option_id
                """,
                units.values().stream()
                        .map(unit ->
                                Told.of(unit.id, unit.goods.id, unit.sku, unit.onHand, unit.reserved, unit.changedAt))
                        .toList());
        books.put("""
                select option_id, quantity_before, quantity_after, kind, note
                from <commerce>stock_changes order by id
                """, List.copyOf(changes));
    }
}
