package io.github.embeddedcommerce.examples.benchmark.shop;

/**
 * How much a shop is filled with before it is measured.
 *
 * @param products how many products, each with {@link #OPTIONS_A_PRODUCT} options
 * @param users how many users
 * @param coupons how many coupons without a limit, and how many with one
 * @param oldOrders how many orders the users have paid before, from the first user to the last and again
 */
public record Filling(int products, int users, int coupons, int oldOrders) {
    /** How many options each product has. */
    public static final int OPTIONS_A_PRODUCT = 10;

    /** How many users have orders to list. */
    public static final int READERS = 1_000;

    /** How many orders each of those users has. */
    public static final int ORDERS_A_READER = 25;

    /** What each user has to spend, in minor units: never all of it. */
    public static final long BALANCE = 100_000_000_000L;

    /** Units of each option: never all of them sold. */
    public static final long STOCK = 1_000_000_000L;

    /** So many products, ten times as many users, and coupons for two hundred times as many issues as users. */
    public static Filling of(int products, int oldOrders) {
        return new Filling(products, 10 * products, 200, oldOrders);
    }

    /** What a product costs: the same in every run. */
    public static long price(int product) {
        return 1_000L + 100L * (product % 191);
    }

    /** How many options there are. */
    public int options() {
        return products * OPTIONS_A_PRODUCT;
    }

    /** How many users have orders to list. */
    public int readers() {
        return Math.min(READERS, users);
    }

    /** The sku of an option, from 0. */
    public static String sku(int option) {
        return "sku-%05d".formatted(option);
    }

    /** The id of a user, from 0. */
    public static String user(int number) {
        return "user-%05d".formatted(number);
    }
}
