/**
 * The shop: its use cases, its rules and the ports that keep its data. Knows no database.
 *
 * <p>Start at {@link io.github.embeddedcommerce}.
 */
module io.github.embeddedcommerce.core {
    requires transitive org.joda.money;
    requires static transitive org.jspecify;

    exports io.github.embeddedcommerce;
    exports io.github.embeddedcommerce.audit;
    exports io.github.embeddedcommerce.bulk;
    exports io.github.embeddedcommerce.cart;
    exports io.github.embeddedcommerce.coupon;
    exports io.github.embeddedcommerce.error;
    exports io.github.embeddedcommerce.event;
    exports io.github.embeddedcommerce.idempotency;
    exports io.github.embeddedcommerce.job;
    exports io.github.embeddedcommerce.order;
    exports io.github.embeddedcommerce.page;
    exports io.github.embeddedcommerce.payment;
    exports io.github.embeddedcommerce.product;
    exports io.github.embeddedcommerce.reference;
    exports io.github.embeddedcommerce.stock;
    exports io.github.embeddedcommerce.store;
    exports io.github.embeddedcommerce.transaction;
    exports io.github.embeddedcommerce.user;
}
