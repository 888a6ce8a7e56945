package io.github.embeddedcommerce.canary.coupon;

abstract class CouponOfThisThread {
    static final ThreadLocal<String> CODE = new ThreadLocal<>();

    synchronized int issue() {
        return 1;
    }
}
