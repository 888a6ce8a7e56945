package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import io.github.embeddedcommerce.examples.benchmark.shop.Goods;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;

/** The shop as a JPA service: one transaction and one persistence context a call. */
public final class JpaShop implements Shop {
    private static final List<Class<?>> ENTITIES = List.of(
            Product.class,
            ProductOption.class,
            Stock.class,
            StockChange.class,
            Customer.class,
            BalanceChange.class,
            PurchaseOrder.class,
            OrderLine.class,
            OrderEvent.class,
            Coupon.class,
            UserCoupon.class,
            CartItem.class,
            StoredKey.class,
            RankedProduct.class);

    private final HikariDataSource pool;
    private final SessionFactory factory;
    private final Clock clock;

    /**
     * On a pool with autocommit off and READ COMMITTED, which it closes.
     *
     * @param creating whether it creates the tables, or finds them
     */
    public JpaShop(HikariDataSource pool, Clock clock, boolean creating) {
        this.pool = pool;
        this.clock = clock;
        Configuration configuration = new Configuration();
        ENTITIES.forEach(configuration::addAnnotatedClass);
        configuration.getProperties().put("hibernate.connection.datasource", pool);
        this.factory = configuration
                .setProperty("hibernate.connection.provider_disables_autocommit", "true")
                .setProperty("hibernate.hbm2ddl.auto", creating ? "create-only" : "none")
                .setProperty("hibernate.jdbc.batch_size", "50")
                .setProperty("hibernate.order_inserts", "true")
                .setProperty("hibernate.order_updates", "true")
                .setProperty("hibernate.default_batch_fetch_size", "32")
                .setProperty("hibernate.query.in_clause_parameter_padding", "true")
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                .buildSessionFactory();
    }

    private <T> T transaction(BiFunction<EntityManager, Instant, T> work) {
        EntityManagerFactory entities = factory;
        try (EntityManager manager = entities.createEntityManager()) {
            EntityTransaction transaction = manager.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(manager, clock.instant().truncatedTo(ChronoUnit.MICROS));
                transaction.commit();
                return result;
            } catch (RuntimeException failure) {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
                throw failure;
            }
        }
    }

    /** Fills empty tables. */
    public Catalog fill(Filling filling) {
        return new JpaSeed(factory).fill(filling);
    }

    /** Adds orders of one line that were not paid in time and still hold their stock. */
    public void addOverdue(Catalog catalog, int orders) {
        new JpaSeed(factory).overdue(catalog, orders);
    }

    /** Adds paid orders of so many lines. */
    public void addPaid(Catalog catalog, int orders, int linesEach) {
        new JpaSeed(factory).paid(catalog, orders, linesEach);
    }

    /** Removes all snapshots of popular products. */
    public void forgetSnapshots() {
        transaction((entities, now) ->
                entities.createQuery("delete from RankedProduct").executeUpdate());
    }

    @Override
    public long place(String user, long[] options, @Nullable String key) {
        return transaction((entities, now) -> {
            @Nullable StoredKey claimed = claim(entities, user, key, "orders.place", now);
            PurchaseOrder order = new Ordering(entities, now).place(user, options);
            if (claimed != null) {
                claimed.orderId = order.id;
            }
            return order.id;
        });
    }

    @Override
    public void pay(String user, long order, @Nullable Long userCoupon, @Nullable String key) {
        transaction((entities, now) -> {
            @Nullable StoredKey claimed = claim(entities, user, key, "orders.pay", now);
            new Paying(entities, now).pay(user, order, userCoupon);
            if (claimed != null) {
                claimed.orderId = order;
            }
            return order;
        });
    }

    /** Inserts the key at once, so that whoever comes with the same waits. */
    private static @Nullable StoredKey claim(
            EntityManager entities, String user, @Nullable String key, String useCase, Instant now) {
        if (key == null) {
            return null;
        }
        StoredKey claimed = new StoredKey();
        claimed.userId = user;
        claimed.keyText = key;
        claimed.useCase = useCase;
        claimed.usedAt = now;
        entities.persist(claimed);
        entities.flush();
        return claimed;
    }

    @Override
    public void cancel(String user, long order) {
        transaction((entities, now) -> {
            new Paying(entities, now).cancel(user, order);
            return order;
        });
    }

    @Override
    public long issue(String user, long coupon) {
        return transaction((entities, now) -> new Shopping(entities, now).issue(user, coupon));
    }

    @Override
    public void topUp(String user, long amount) {
        transaction((entities, now) -> {
            new Paying(entities, now).topUp(user, amount);
            return amount;
        });
    }

    @Override
    public void addToCart(String user, long option, long quantity) {
        transaction((entities, now) -> new Shopping(entities, now).addToCart(user, option, quantity));
    }

    @Override
    public int listOrders(String user) {
        return transaction((entities, now) -> new Ordering(entities, now).list(user));
    }

    @Override
    public int viewProduct(long product) {
        return transaction((entities, now) -> new Shopping(entities, now).view(product));
    }

    @Override
    public long expireOverdue() {
        long expired = 0;
        int chunk;
        do {
            chunk = transaction((entities, now) -> new Housekeeping(entities, now).expireChunk());
            expired += chunk;
        } while (chunk > 0);
        return expired;
    }

    @Override
    public int snapshot() {
        return transaction((entities, now) -> new Housekeeping(entities, now).snapshot());
    }

    @Override
    public void registerAll(List<Goods> goods) {
        transaction((entities, now) -> new Importing(entities, now).register(goods));
    }

    @Override
    public void changePrices(List<Long> products, long price) {
        transaction((entities, now) -> new Importing(entities, now).changePrices(products, price));
    }

    @Override
    public void receiveAll(List<Long> options, long quantity) {
        transaction((entities, now) -> new Importing(entities, now).receive(options, quantity));
    }

    @Override
    public void close() {
        factory.close();
        pool.close();
    }
}
