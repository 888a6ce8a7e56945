package io.github.embeddedcommerce.examples.benchmark.shop;

/**
 * A product of one option, in a category of everything, on sale, of one color and size.
 *
 * @param price in minor units
 */
public record Goods(String name, long price, String sku, long stock) {
    /** Where all of them are found. */
    public static final String CATEGORY = "everything";

    /** The color of all of them. */
    public static final String COLOR = "blue";

    /** The size of all of them. */
    public static final String SIZE = "large";
}
