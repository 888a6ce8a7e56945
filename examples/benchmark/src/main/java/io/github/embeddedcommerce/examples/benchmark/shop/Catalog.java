package io.github.embeddedcommerce.examples.benchmark.shop;

import java.util.List;

/**
 * What a shop is filled with, by the ids that the shop gave it.
 *
 * @param products each has as many options as the next
 * @param options in the order of their ids; the first is the hot one
 * @param users the first {@link Filling#READERS} have placed orders before
 * @param unlimited coupons that anybody can have
 * @param limited coupons of which each user can have one, and no more are there than users
 */
public record Catalog(
        List<Long> products, List<Long> options, List<String> users, List<Long> unlimited, List<Long> limited) {
    /** Copies the lists. */
    public Catalog {
        products = List.copyOf(products);
        options = List.copyOf(options);
        users = List.copyOf(users);
        unlimited = List.copyOf(unlimited);
        limited = List.copyOf(limited);
    }
}
