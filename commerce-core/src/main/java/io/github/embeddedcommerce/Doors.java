package io.github.embeddedcommerce;

import io.github.embeddedcommerce.usecase.ExpireOrders;
import io.github.embeddedcommerce.usecase.UseCaseContext;

/** The use cases in the transactions of one context. Immutable. */
record Doors(
        Products products,
        Users users,
        Carts carts,
        Coupons coupons,
        Orders orders,
        Payments payments,
        DeadLetters deadLetters,
        BackOffice backOffice)
        implements UseCases {
    static Doors of(UseCaseContext context) {
        ExpireOrders expiry = new ExpireOrders(context);
        return new Doors(
                new Products(context),
                new Users(context),
                new Carts(context, expiry),
                new Coupons(context),
                new Orders(context, expiry),
                new Payments(context),
                new DeadLetters(context),
                new BackOffice(context));
    }
}
