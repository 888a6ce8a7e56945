package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.store.AuditStore;
import io.github.embeddedcommerce.store.CartStore;
import io.github.embeddedcommerce.store.CouponStore;
import io.github.embeddedcommerce.store.EventStore;
import io.github.embeddedcommerce.store.FigureStore;
import io.github.embeddedcommerce.store.IdempotencyStore;
import io.github.embeddedcommerce.store.OrderStore;
import io.github.embeddedcommerce.store.PaymentStore;
import io.github.embeddedcommerce.store.PopularityStore;
import io.github.embeddedcommerce.store.ProductStore;
import io.github.embeddedcommerce.store.RefundStore;
import io.github.embeddedcommerce.store.ReturnStore;
import io.github.embeddedcommerce.store.StockStore;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.store.UserStore;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stores of one transaction, each made when it is first asked for. */
public final class JdbiStores implements Stores {
    private final StoreConnection connection;
    private final RowLocks locks;
    private final SqlSession session;
    private final Map<Class<?>, Object> stores = new HashMap<>();

    private JdbiStores(StoreConnection connection, RowLocks locks) {
        this.connection = connection;
        this.locks = locks;
        this.session = new SqlSession(connection.jdbc(), connection.sql(), locks);
    }

    /** Does this work on the stores of a transaction; what the work has written has been sent when it returns. */
    public static <T> T with(StoreConnection connection, RowLocks locks, Function<Stores, T> work) {
        return with(connection, locks, work, LastQuery.NONE);
    }

    /** The same, ended by a query. */
    public static <T> T with(StoreConnection connection, RowLocks locks, Function<Stores, T> work, LastQuery last) {
        JdbiStores stores = new JdbiStores(connection, locks);
        T result = work.apply(stores);
        stores.session.end(last);
        return result;
    }

    @Override
    public ProductStore products() {
        return kept(ProductStore.class, () -> new JdbcProductStore(session, locks));
    }

    @Override
    public PopularityStore popularity() {
        session.flush();
        return kept(PopularityStore.class, () -> new JdbiPopularityStore(connection.jdbi(), locks));
    }

    @Override
    public StockStore stock() {
        return kept(StockStore.class, () -> new JdbcStockStore(session, locks));
    }

    @Override
    public UserStore users() {
        return kept(UserStore.class, () -> new JdbcUserStore(session, locks));
    }

    @Override
    public CartStore carts() {
        return kept(CartStore.class, () -> new JdbcCartStore(session, locks));
    }

    @Override
    public CouponStore coupons() {
        return kept(CouponStore.class, () -> new JdbcCouponStore(session, locks));
    }

    @Override
    public OrderStore orders() {
        return kept(OrderStore.class, () -> new JdbcOrderStore(session, locks));
    }

    @Override
    public ReturnStore returns() {
        return kept(ReturnStore.class, () -> new JdbcReturnStore(session));
    }

    @Override
    public PaymentStore payments() {
        return kept(PaymentStore.class, () -> new JdbcPaymentStore(session));
    }

    @Override
    public RefundStore refunds() {
        return kept(RefundStore.class, () -> new JdbcRefundStore(session));
    }

    @Override
    public FigureStore figures() {
        return kept(FigureStore.class, () -> new JdbcFigureStore(session));
    }

    @Override
    public EventStore events() {
        return kept(EventStore.class, () -> new JdbiEventStore(connection, session, locks));
    }

    @Override
    public IdempotencyStore idempotency() {
        return kept(IdempotencyStore.class, () -> new JdbcIdempotencyStore(session, locks));
    }

    @Override
    public AuditStore audit() {
        return kept(AuditStore.class, () -> new JdbcAuditStore(session));
    }

    /** Making a store costs more than asking it something: jdbi builds a proxy for its SQL. */
    private <T> T kept(Class<T> type, Supplier<T> make) {
        return type.cast(stores.computeIfAbsent(type, missing -> make.get()));
    }
}
