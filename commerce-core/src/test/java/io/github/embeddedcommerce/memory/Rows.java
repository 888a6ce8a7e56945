package io.github.embeddedcommerce.memory;

import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.OpeningBalance;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All the data of a shop. The entries are immutable, so a copy of the maps is a copy of the data. */
public final class Rows {
    record ProductRow(ProductDetails details, Instant registeredAt) {}

    record CartRow(UserId user, CartItem item) {}

    record OptionRow(ProductId product, NewOption option) {}

    /** @param outcome null until the request has been answered */
    record KeyRow(IdempotentCall request, @Nullable StoredResult outcome) {}

    final NavigableMap<ProductId, ProductRow> products = new TreeMap<>();
    final NavigableMap<OptionId, OptionRow> options = new TreeMap<>();
    final NavigableMap<LocalDate, PopularProducts> popular = new TreeMap<>();
    final NavigableMap<OptionId, StockLevel> levels = new TreeMap<>();
    final List<StockChange> stockChanges = new ArrayList<>();
    final NavigableMap<UserId, User> users = new TreeMap<>();
    final NavigableMap<UserId, OpeningBalance> openings = new TreeMap<>();
    final List<BalanceChange> balanceChanges = new ArrayList<>();
    final NavigableMap<UserId, Instant> carts = new TreeMap<>();
    final NavigableMap<CartItemId, CartRow> cartItems = new TreeMap<>();
    final NavigableMap<CouponId, Coupon> coupons = new TreeMap<>();
    final NavigableMap<UserCouponId, UserCoupon> userCoupons = new TreeMap<>();
    final NavigableMap<OrderId, Order> orders = new TreeMap<>();
    final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    final Map<String, String> leases = new HashMap<>();
    final Map<OrderId, Integer> eventsPurged = new HashMap<>();
    final Map<String, KeyRow> keys = new LinkedHashMap<>();

    Rows() {}

    Rows copy() {
        Rows copy = new Rows();
        copy.products.putAll(products);
        copy.options.putAll(options);
        copy.popular.putAll(popular);
        copy.levels.putAll(levels);
        copy.stockChanges.addAll(stockChanges);
        copy.users.putAll(users);
        copy.openings.putAll(openings);
        copy.balanceChanges.addAll(balanceChanges);
        copy.carts.putAll(carts);
        copy.cartItems.putAll(cartItems);
        copy.coupons.putAll(coupons);
        copy.userCoupons.putAll(userCoupons);
        copy.orders.putAll(orders);
        copy.deliveries.putAll(deliveries);
        copy.leases.putAll(leases);
        copy.eventsPurged.putAll(eventsPurged);
        copy.keys.putAll(keys);
        return copy;
    }

    StockLevel level(OptionId option) {
        return requireNonNull(levels.get(option), () -> "option " + option + " has no stock row");
    }

    Order order(OrderId id) {
        return requireNonNull(orders.get(id), () -> "there is no order " + id);
    }

    Map<OrderStatus, Long> ordersByStatus() {
        return orders.values().stream().collect(Collectors.groupingBy(Order::status, Collectors.counting()));
    }

    public NavigableMap<LocalDate, PopularProducts> popular() {
        return popular;
    }

    public NavigableMap<OptionId, StockLevel> levels() {
        return levels;
    }

    public List<StockChange> stockChanges() {
        return stockChanges;
    }

    public NavigableMap<UserId, User> users() {
        return users;
    }

    public List<BalanceChange> balanceChanges() {
        return balanceChanges;
    }

    public NavigableMap<CouponId, Coupon> coupons() {
        return coupons;
    }

    public NavigableMap<UserCouponId, UserCoupon> userCoupons() {
        return userCoupons;
    }

    public NavigableMap<OrderId, Order> orders() {
        return orders;
    }

    /** Adds an event that waits to be delivered. */
    public void add(OrderEvent event) {
        add(new Delivery(event, Delivery.Status.WAITING, event.at(), 0, ""));
    }

    /** Adds an event that has come this far. */
    public void add(Delivery delivery) {
        deliveries.put(delivery.event().id(), delivery);
    }

    public List<OrderEvent> events() {
        return deliveries.values().stream().map(Delivery::event).toList();
    }
}
