package io.github.embeddedcommerce.canary.coupon;

abstract class FloatingDiscount {
    double percent;
    Double boxed = 0.5;
    float[][] many = {};

    abstract void take(float percent);

    abstract double give();
}
