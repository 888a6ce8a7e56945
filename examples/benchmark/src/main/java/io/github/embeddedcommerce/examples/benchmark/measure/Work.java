package io.github.embeddedcommerce.examples.benchmark.measure;

import java.util.Locale;

/** What callers do over and over. Each is one operation, however many transactions it takes. */
public enum Work {
    /** Places an order of one line. */
    PLACE(true) {
        @Override
        void once(Caller caller) {
            caller.place(1);
        }
    },
    /** Places an order of ten lines. */
    PLACE_TEN(true) {
        @Override
        void once(Caller caller) {
            caller.place(10);
        }
    },
    /** Places an order of one line and pays it. */
    PLACE_AND_PAY(true) {
        @Override
        void once(Caller caller) {
            caller.pay(caller.place(1));
        }
    },
    /** Places an order of ten lines and pays it. */
    PLACE_TEN_AND_PAY(true) {
        @Override
        void once(Caller caller) {
            caller.pay(caller.place(10));
        }
    },
    /** Takes a coupon that has no limit, places an order of one line, and pays it with the coupon. */
    PAY_WITH_COUPON(true) {
        @Override
        void once(Caller caller) {
            caller.buyWithCoupon();
        }
    },
    /** Places an order of one line and pays it, both calls with an idempotency key. */
    PAY_WITH_KEY(true) {
        @Override
        void once(Caller caller) {
            caller.buyWithKeys();
        }
    },
    /** Takes a coupon that has a limit, the same as everybody. */
    ISSUE(false) {
        @Override
        void once(Caller caller) {
            caller.issue();
        }
    },
    /** Puts money into a balance. */
    TOP_UP(false) {
        @Override
        void once(Caller caller) {
            caller.topUp();
        }
    },
    /** Places an order of one line, pays and cancels it. */
    CANCEL_PAID(false) {
        @Override
        void once(Caller caller) {
            caller.cancel(caller.pay(caller.place(1)));
        }
    },
    /** Puts something into a cart. */
    CART_ADD(false) {
        @Override
        void once(Caller caller) {
            caller.addToCart();
        }
    },
    /** Reads a page of a user's orders. */
    LIST_ORDERS(false) {
        @Override
        void once(Caller caller) {
            caller.listOrders();
        }
    },
    /** Reads the page of a product. */
    PRODUCT_PAGE(false) {
        @Override
        void once(Caller caller) {
            caller.viewProduct();
        }
    };

    private final boolean alsoHot;

    Work(boolean alsoHot) {
        this.alsoHot = alsoHot;
    }

    /** Whether it makes a difference that everybody wants the same option. */
    public boolean alsoHot() {
        return alsoHot;
    }

    abstract void once(Caller caller);

    /** As it is called on the command line, such as {@code place-and-pay}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
