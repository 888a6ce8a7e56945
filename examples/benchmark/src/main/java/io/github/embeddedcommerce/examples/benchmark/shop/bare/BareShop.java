package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.examples.benchmark.shop.Goods;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import io.github.embeddedcommerce.examples.benchmark.shop.bare.Keys.Call;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shop by hand-written JDBC, on tables that the library has created. */
public final class BareShop implements Shop {
    private final HikariDataSource pool;
    private final Clock clock;
    private final Keys keys;
    private final Orders orders;
    private final Payments payments;
    private final Coupons coupons;
    private final Balances balances;
    private final Carts carts;
    private final Products products;
    private final Jobs jobs;
    private final Imports imports;

    /** On a pool with autocommit off and READ COMMITTED, which it closes. */
    public BareShop(HikariDataSource pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
        Sql sql = dialect(pool);
        Stocks stocks = new Stocks(sql);
        this.keys = new Keys(sql);
        this.orders = new Orders(sql, stocks);
        this.balances = new Balances(sql);
        this.payments = new Payments(sql, stocks, balances);
        this.coupons = new Coupons(sql);
        this.carts = new Carts(sql);
        this.products = new Products(sql);
        this.jobs = new Jobs(sql, stocks);
        this.imports = new Imports(sql, stocks);
    }

    private static Sql dialect(HikariDataSource pool) {
        try (Connection connection = pool.getConnection()) {
            return Sql.of(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private interface Transaction<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T transaction(Transaction<T> work) {
        try (Connection connection = pool.getConnection()) {
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public long place(String user, long[] options, @Nullable String key) {
        return transaction(connection -> {
            if (key == null) {
                return orders.place(connection, user, options, now());
            }
            List<String> parts =
                    Arrays.stream(options).mapToObj(option -> option + " x 1").toList();
            Call call = new Call(user, key, "orders.place", parts);
            keys.claim(connection, call, now());
            Instant now = now();
            long order = orders.place(connection, user, options, now);
            keys.keep(connection, call, order, null, now);
            return order;
        });
    }

    @Override
    public void pay(String user, long order, @Nullable Long userCoupon, @Nullable String key) {
        transaction(connection -> {
            if (key == null) {
                return payments.pay(connection, user, order, userCoupon, now());
            }
            Call call = new Call(user, key, "orders.pay", List.of(order, userCoupon == null ? "" : userCoupon));
            keys.claim(connection, call, now());
            Instant now = now();
            long balance = payments.pay(connection, user, order, userCoupon, now);
            keys.keep(connection, call, order, balance, now);
            return balance;
        });
    }

    @Override
    public void cancel(String user, long order) {
        transaction(connection -> {
            payments.cancelPaid(connection, user, order, now());
            return order;
        });
    }

    @Override
    public long issue(String user, long coupon) {
        return transaction(connection -> coupons.issue(connection, user, coupon, now()));
    }

    @Override
    public void topUp(String user, long amount) {
        transaction(connection ->
                balances.change(connection, balances.lock(connection, user), amount, "SYSTEM_CHARGE", null, now()));
    }

    @Override
    public void addToCart(String user, long option, long quantity) {
        transaction(connection -> carts.add(connection, user, option, quantity, now()));
    }

    @Override
    public int listOrders(String user) {
        return transaction(connection -> orders.list(connection, user));
    }

    @Override
    public int viewProduct(long product) {
        return transaction(
                connection -> products.view(connection, product).options().size());
    }

    @Override
    public long expireOverdue() {
        Instant now = now();
        long expired = 0;
        long found;
        do {
            found = transaction(connection -> jobs.expireChunk(connection, now));
            expired += found;
        } while (found > 0);
        return expired;
    }

    @Override
    public int snapshot() {
        Instant now = now();
        List<@Nullable Object[]> entries = transaction(connection -> jobs.count(connection, now));
        return transaction(connection -> jobs.keep(connection, entries, now));
    }

    @Override
    public void registerAll(List<Goods> goods) {
        transaction(connection -> imports.register(connection, goods, now()));
    }

    @Override
    public void changePrices(List<Long> products, long price) {
        transaction(connection -> imports.changePrices(connection, products, price));
    }

    @Override
    public void receiveAll(List<Long> options, long quantity) {
        transaction(connection -> imports.receive(connection, options, quantity, now()));
    }

    @Override
    public void close() {
        pool.close();
    }
}
