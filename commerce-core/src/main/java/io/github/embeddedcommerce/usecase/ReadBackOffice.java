package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.coupon.CouponCounts;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.event.HistoryEntry;
import io.github.embeddedcommerce.event.HistoryEntry.BalanceChanged;
import io.github.embeddedcommerce.event.HistoryEntry.EventWritten;
import io.github.embeddedcommerce.event.HistoryEntry.GivenBack;
import io.github.embeddedcommerce.event.HistoryEntry.PaymentBegun;
import io.github.embeddedcommerce.event.HistoryEntry.PaymentDecided;
import io.github.embeddedcommerce.event.HistoryEntry.RefundBegun;
import io.github.embeddedcommerce.event.HistoryEntry.RefundSettled;
import io.github.embeddedcommerce.event.OrderHistory;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.OptionSales;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductSales;
import io.github.embeddedcommerce.stock.StockEntry;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.store.OrderPlace;
import io.github.embeddedcommerce.store.StockPlace;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.store.UserPlace;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What the back office reads, without a lock. Thread-safe. */
public record ReadBackOffice(UseCaseContext context) {
    private static final String COUPONS = "couponCounts";
    private static final String STOCK = "stockEntries";
    private static final String PRODUCTS = "referredProducts";

    /** An order with its labels. */
    public Optional<OrderRecord> order(OrderId id) {
        return context.transactions()
                .run(
                        "backOffice.findOrder",
                        stores ->
                                withLabels(
                                                stores.orders().find(Set.of(id)).values().stream()
                                                        .toList(),
                                                stores)
                                        .stream()
                                        .findFirst());
    }

    /** A page of orders with their labels. */
    public Page<OrderRecord> orders(OrderQuery query, PageRequest page) {
        OrderPlace after = OrderPlace.of(query, page.after());
        return context.transactions().run("backOffice.listOrders", stores -> {
            List<Order> found = stores.orders().list(query, after, page.size() + 1);
            Page<Order> listed = Page.of(found, page.size(), last -> OrderPlace.cursor(query, last));
            return new Page<>(withLabels(listed.items(), stores), listed.next());
        });
    }

    private static List<OrderRecord> withLabels(List<Order> orders, Stores stores) {
        if (orders.isEmpty()) {
            return List.of();
        }
        Map<OrderId, OrderLabels> labels =
                stores.orders().labels(orders.stream().map(Order::id).toList());
        return orders.stream()
                .map(order -> new OrderRecord(order, labels.getOrDefault(order.id(), OrderLabels.none())))
                .toList();
    }

    /**
     * The history of an order. Its parts are read one after the other, and an order changes together with them: so it
     * is read again, until it is what it was before.
     */
    public OrderHistory history(OrderId id) {
        return context.transactions().run("backOffice.getHistory", stores -> {
            Order before = get(id, stores);
            while (true) {
                List<HistoryEntry> besides = besides(id, stores);
                Order after = get(id, stores);
                if (after.equals(before)) {
                    return OrderHistory.of(after, besides);
                }
                before = after;
            }
        });
    }

    /** The payments are read last: no event and no refund tells of a state that a payment does not have yet. */
    private static List<HistoryEntry> besides(OrderId id, Stores stores) {
        List<HistoryEntry> ledgerAndEvents = new ArrayList<>();
        stores.users().changesFor(id).forEach(change -> ledgerAndEvents.add(new BalanceChanged(change)));
        stores.events().of(id).forEach(delivery -> ledgerAndEvents.add(new EventWritten(delivery)));
        List<HistoryEntry> besides = new ArrayList<>();
        stores.returns()
                .list(id, Long.MAX_VALUE, Integer.MAX_VALUE)
                .forEach(returned -> besides.add(new GivenBack(returned)));
        List<Refund> refunds = stores.refunds().list(id, null, Long.MAX_VALUE, Integer.MAX_VALUE);
        stores.payments().of(Set.of(id)).forEach(payment -> {
            besides.add(new PaymentBegun(payment));
            Instant decidedAt = payment.progress().times().decidedAt();
            if (decidedAt != null) {
                besides.add(new PaymentDecided(decidedAt, payment));
            }
        });
        refunds.forEach(refund -> {
            besides.add(new RefundBegun(refund));
            Instant settledAt = refund.progress().settledAt();
            if (settledAt != null) {
                besides.add(new RefundSettled(settledAt, refund));
            }
        });
        besides.addAll(ledgerAndEvents);
        return besides;
    }

    private static Order get(OrderId id, Stores stores) {
        Order order = stores.orders().find(Set.of(id)).get(id);
        if (order == null) {
            throw Order.notFound(id);
        }
        return order;
    }

    /** A page of users. */
    public Page<User> users(UserQuery query, PageRequest page) {
        String list = query.listName();
        UserPlace after = userPlace(list, page.after());
        return context.transactions().run("backOffice.listUsers", stores -> {
            List<User> found = stores.users().list(query, after, page.size() + 1);
            return Page.of(
                    found,
                    page.size(),
                    last -> Cursor.behind(
                            list,
                            List.of(last.balance().getAmountMinorLong()),
                            last.id().value()));
        });
    }

    private static @Nullable UserPlace userPlace(String list, @Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        long balance = Validation.range(cursor.keysBeforeText(list, 1).get(0), "cursor", 0, Long.MAX_VALUE);
        return new UserPlace(balance, new UserId(cursor.text(list, 1)));
    }

    /** A page of coupons with their counts. */
    public Page<CouponCounts> coupons(PageRequest page) {
        long below = page.below(COUPONS);
        return context.transactions().scan("backOffice.listCoupons", stores -> {
            List<CouponCounts> found = stores.coupons().counts(below, page.size() + 1);
            return Page.of(
                    found,
                    page.size(),
                    last -> Cursor.behind(COUPONS, List.of(last.coupon().id().value())));
        });
    }

    /** A page of stock levels. */
    public Page<StockEntry> stock(StockQuery query, PageRequest page) {
        StockPlace after = stockPlace(page.after());
        return context.transactions().run("backOffice.listStock", stores -> {
            List<StockEntry> found = stores.stock().list(query, after, page.size() + 1);
            return Page.of(
                    found,
                    page.size(),
                    last -> Cursor.behind(
                            STOCK,
                            List.of(
                                    last.level().available(),
                                    last.level().option().value())));
        });
    }

    private static StockPlace stockPlace(@Nullable Cursor cursor) {
        if (cursor == null) {
            return StockPlace.START;
        }
        List<Long> keys = cursor.keys(STOCK, 2);
        return new StockPlace(keys.get(0), keys.get(1));
    }

    /** A page of the products with this reference. */
    public Page<Product> products(String reference, PageRequest page) {
        Cursor after = page.after();
        long above = after == null ? 0 : after.keys(PRODUCTS, 1).get(0);
        return context.transactions().run("backOffice.listProducts", stores -> {
            List<Product> found = stores.products().referred(reference, above, page.size() + 1);
            return Page.of(
                    found,
                    page.size(),
                    last -> Cursor.behind(PRODUCTS, List.of(last.id().value())));
        });
    }

    /** A product and its sales. */
    public ProductSales sales(ProductId id, TimeRange range) {
        return context.transactions().scan("backOffice.getSales", stores -> {
            Map<OptionId, OptionSales> sold = stores.products().sales(id, range).stream()
                    .collect(toMap(OptionSales::option, Function.identity()));
            Product product = stores.products().find(id).orElseThrow(() -> Product.notFound(id));
            Money nothing = Money.zero(context.settings().currency());
            return new ProductSales(
                    product,
                    range,
                    product.options().stream()
                            .map(option -> sold.getOrDefault(option.id(), new OptionSales(option.id(), 0, nothing, 0)))
                            .toList());
        });
    }
}
