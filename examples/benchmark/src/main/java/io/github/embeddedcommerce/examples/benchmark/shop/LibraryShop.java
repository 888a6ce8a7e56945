package io.github.embeddedcommerce.examples.benchmark.shop;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.ChangeProduct;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** The shop by the library, as a host would use it. Nothing else in the benchmark knows the library's API. */
public final class LibraryShop implements Shop {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");

    private static final Map<String, String> ATTRIBUTES = attributes();

    private final CommerceFacade shop;

    /** On a connection pool of the library's own. */
    public LibraryShop(String url, int poolSize, Clock clock) {
        this.shop = JdbcCommerce.open(url).poolSize(poolSize).clock(clock).build();
    }

    private static Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("color", Goods.COLOR);
        attributes.put("size", Goods.SIZE);
        return attributes;
    }

    /** Creates the library's tables, for a contender that works on them by itself. */
    public static void createTables(DataSource dataSource) {
        JdbcCommerce.using(dataSource).schema().migrate();
    }

    /** Writes the SQL that creates the library's tables into a file, without creating any. */
    public static void writeTables(DataSource dataSource, Path file) throws IOException {
        JdbcCommerce.using(dataSource).schema().writeSql(file);
    }

    /** What the library's audit finds to be wrong in these tables, whoever wrote them. Returns how much it is. */
    public static int violations(DataSource dataSource) {
        try (CommerceFacade shop = JdbcCommerce.using(dataSource).build()) {
            return shop.jobs().audit().call().violations().size();
        }
    }

    @Override
    public long place(String user, long[] options, @Nullable String key) {
        PlaceOrder request = PlaceOrder.by(new UserId(user));
        for (long option : options) {
            request = request.line(new OptionId(option), 1);
        }
        if (key != null) {
            request = request.withKey(new IdempotencyKey(key));
        }
        return shop.orders().place(request).id().value();
    }

    @Override
    public void pay(String user, long order, @Nullable Long userCoupon, @Nullable String key) {
        PayOrder request = PayOrder.by(new UserId(user), new OrderId(order));
        if (userCoupon != null) {
            request = request.withCoupon(new UserCouponId(userCoupon));
        }
        if (key != null) {
            request = request.withKey(new IdempotencyKey(key));
        }
        shop.orders().pay(request);
    }

    @Override
    public void cancel(String user, long order) {
        shop.orders().cancel(CancelOrder.by(new UserId(user), new OrderId(order)));
    }

    @Override
    public long issue(String user, long coupon) {
        return shop.coupons().issue(new UserId(user), new CouponId(coupon)).id().value();
    }

    @Override
    public void topUp(String user, long amount) {
        shop.users().topUp(TopUp.of(new UserId(user), Money.ofMinor(KRW, amount)));
    }

    @Override
    public void addToCart(String user, long option, long quantity) {
        shop.carts().add(AddToCart.of(new UserId(user), new OptionId(option), quantity));
    }

    @Override
    public int listOrders(String user) {
        return shop.orders().list(new UserId(user), PageRequest.first()).items().size();
    }

    @Override
    public int viewProduct(long product) {
        return shop.products().get(new ProductId(product)).options().size();
    }

    @Override
    public long expireOverdue() {
        return shop.jobs().expireOverdueOrders().call().expired();
    }

    @Override
    public int snapshot() {
        return shop.jobs()
                .snapshotPopularProducts()
                .call()
                .snapshot()
                .orElseThrow()
                .entries()
                .size();
    }

    @Override
    public void registerAll(List<Goods> goods) {
        List<NewProduct> products = goods.stream()
                .map(one -> NewProduct.of(one.name(), Goods.CATEGORY, Money.ofMinor(KRW, one.price()))
                        .withOption(one.sku(), ATTRIBUTES, one.stock()))
                .toList();
        shop.products().registerAll(products, BulkMode.ALL_OR_NOTHING);
    }

    @Override
    public void changePrices(List<Long> products, long price) {
        ProductChange change = ProductChange.none().withPrice(Money.ofMinor(KRW, price));
        List<ChangeProduct> changes = products.stream()
                .map(product -> new ChangeProduct(new ProductId(product), change))
                .toList();
        shop.products().changeAll(changes, BulkMode.ALL_OR_NOTHING);
    }

    @Override
    public void receiveAll(List<Long> options, long quantity) {
        List<ReceiveStock> receipts = options.stream()
                .map(option -> ReceiveStock.of(new OptionId(option), quantity))
                .toList();
        shop.products().receiveStockAll(receipts, BulkMode.ALL_OR_NOTHING);
    }

    @Override
    public void close() {
        shop.close();
    }
}
