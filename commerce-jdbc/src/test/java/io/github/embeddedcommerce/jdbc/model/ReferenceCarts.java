package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.CART_ITEM_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_CART_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Item;
import io.github.embeddedcommerce.jdbc.model.ReferenceProducts.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The carts of the reference. */
final class ReferenceCarts {
    private static final long MOST_OF_A_LINE = 1_000_000;

    private final ReferenceShop shop;
    final TreeMap<Long, Content> all = new TreeMap<>();
    private final TreeMap<String, Instant> touched = new TreeMap<>();

    ReferenceCarts(ReferenceShop shop) {
        this.shop = shop;
    }

    /** An item of a cart. */
    static final class Content {
        final long id;
        final String user;
        final Unit unit;
        long quantity;

        Content(long id, String user, Unit unit, long quantity) {
            this.id = id;
            this.user = user;
            this.unit = unit;
            this.quantity = quantity;
        }

        String told() {
            return Told.of(id, unit.id, quantity);
        }
    }

    String add(long newId, String user, long unitId, long quantity) {
        refuseOutOfBounds(quantity);
        return shop.orders.whereShort(Set.of(unitId), () -> {
            shop.users.known(user);
            Content present = of(user).stream()
                    .filter(content -> content.unit.id == unitId)
                    .findFirst()
                    .orElse(null);
            long sum = quantity + (present == null ? 0 : present.quantity);
            refuseOutOfBounds(sum);
            Unit unit = available(unitId, sum);
            if (present == null) {
                present = new Content(newId, user, unit, sum);
                all.put(newId, present);
            }
            present.quantity = sum;
            touched.put(user, shop.now);
            return present.told();
        });
    }

    String changeQuantity(String user, long id, long quantity) {
        Set<Long> units = of(user).stream()
                .filter(content -> content.id == id)
                .map(content -> content.unit.id)
                .collect(Collectors.toSet());
        return shop.orders.whereShort(units, () -> {
            Content content = own(user, id);
            refuseOutOfBounds(quantity);
            available(content.unit.id, quantity);
            content.quantity = quantity;
            touched.put(user, shop.now);
            return content.told();
        });
    }

    private static void refuseOutOfBounds(long quantity) {
        Refused.when(quantity < 1 || quantity > MOST_OF_A_LINE, INVALID_QUANTITY);
    }

    private Unit available(long unitId, long quantity) {
        Unit unit = Refused.unless(shop.products.units.get(unitId), PRODUCT_OPTION_NOT_FOUND);
        Refused.when(!unit.goods.facts.onSale(), PRODUCT_OPTION_NOT_FOUND);
        Refused.when(quantity > unit.available(), INSUFFICIENT_STOCK);
        return unit;
    }

    String remove(String user, long id) {
        all.remove(own(user, id).id);
        touched.put(user, shop.now);
        return "removed";
    }

    String clear(String user) {
        shop.users.known(user);
        forget(user);
        return "cleared";
    }

    /** A user who goes takes the cart along. */
    void forget(String user) {
        touched.remove(user);
        all.values().removeIf(content -> content.user.equals(user));
    }

    /** How many carts that nobody has changed since this instant are thrown away. */
    long purge(Instant before) {
        List<String> abandoned = touched.entrySet().stream()
                .filter(cart -> cart.getValue().isBefore(before))
                .map(Map.Entry::getKey)
                .toList();
        abandoned.forEach(this::forget);
        return abandoned.size();
    }

    String view(String user) {
        shop.users.known(user);
        long total = 0;
        List<String> lines = new ArrayList<>();
        for (Content content : of(user)) {
            ReferenceProducts.Facts facts = content.unit.goods.facts;
            long subtotal = facts.price() * content.quantity;
            total += facts.onSale() ? subtotal : 0;
            lines.add(Told.of(content.told(), content.unit.goods.id, facts, content.unit, subtotal));
        }
        return Told.of(ReferenceShop.lines(lines), total);
    }

    /** Orders everything in the cart. */
    String orderAll(long newOrder, String user) {
        return order(
                newOrder, user, of(user).stream().map(content -> content.id).toList());
    }

    /** Orders chosen items of the cart, which then leave it. */
    String orderChosen(long newOrder, String user, List<Long> chosen) {
        Refused.when(new HashSet<>(chosen).size() < chosen.size(), VALIDATION_ERROR);
        Refused.when(chosen.isEmpty(), VALIDATION_ERROR);
        return order(newOrder, user, chosen);
    }

    private String order(long newOrder, String user, List<Long> chosen) {
        Set<Long> units = of(user).stream()
                .filter(content -> chosen.contains(content.id))
                .map(content -> content.unit.id)
                .collect(Collectors.toSet());
        return shop.orders.whereShort(units, () -> {
            shop.users.known(user);
            List<Item> items = chosen.stream()
                    .map(id -> own(user, id))
                    .map(content -> new Item(content.unit.id, content.quantity))
                    .toList();
            Refused.when(items.isEmpty(), VALIDATION_ERROR);
            String placed = shop.orders.placeOnce(newOrder, user, items);
            chosen.forEach(all::remove);
            touched.put(user, shop.now);
            return placed;
        });
    }

    private List<Content> of(String user) {
        return all.values().stream()
                .filter(content -> content.user.equals(user))
                .toList();
    }

    private Content own(String user, long id) {
        shop.users.known(user);
        Content content = Refused.unless(all.get(id), CART_ITEM_NOT_FOUND);
        Refused.when(!content.user.equals(user), UNAUTHORIZED_CART_ACCESS);
        return content;
    }

    void write(Map<String, Collection<String>> books) {
        books.put(
                "select user_id, touched_at from <commerce>carts order by user_id",
                touched.entrySet().stream()
                        .map(cart -> Told.of(cart.getKey(), cart.getValue()))
                        .toList());
        books.put(
                "select id, user_id, option_id, quantity from <commerce>cart_items order by id",
                all.values().stream()
                        .map(content -> Told.of(content.id, content.user, content.unit.id, content.quantity))
                        .toList());
    }
}
