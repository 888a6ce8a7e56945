package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.audit.AuditStore;
import io.github.embeddedcommerce.cart.CartStore;
import io.github.embeddedcommerce.coupon.CouponStore;
import io.github.embeddedcommerce.event.EventStore;
import io.github.embeddedcommerce.order.OrderStore;
import io.github.embeddedcommerce.product.PopularityStore;
import io.github.embeddedcommerce.product.ProductStore;
import io.github.embeddedcommerce.stock.StockStore;
import io.github.embeddedcommerce.transaction.Stores;
import io.github.embeddedcommerce.user.UserStore;
import org.jdbi.v3.core.Handle;

/** The stores of one transaction. */
final class JdbiStores implements Stores {
    private final Handle handle;
    private final RowLocks locks;

    JdbiStores(Handle handle, RowLocks locks) {
        this.handle = handle;
        this.locks = locks;
    }

    @Override
    public ProductStore products() {
        return new JdbiProductStore(handle, locks);
    }

    @Override
    public PopularityStore popularity() {
        return new JdbiPopularityStore(handle, locks);
    }

    @Override
    public StockStore stock() {
        return new JdbiStockStore(handle, locks);
    }

    @Override
    public UserStore users() {
        return new JdbiUserStore(handle, locks);
    }

    @Override
    public CartStore carts() {
        return new JdbiCartStore(handle, locks);
    }

    @Override
    public CouponStore coupons() {
        return new JdbiCouponStore(handle, locks);
    }

    @Override
    public OrderStore orders() {
        return new JdbiOrderStore(handle, locks);
    }

    @Override
    public EventStore events() {
        return new JdbiEventStore(handle, locks);
    }

    @Override
    public AuditStore audit() {
        return new JdbiAuditStore(handle);
    }
}
