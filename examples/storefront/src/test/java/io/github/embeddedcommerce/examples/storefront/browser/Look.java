package io.github.embeddedcommerce.examples.storefront.browser;

/**
 * How a visitor sees the pages. Immutable.
 *
 * @param name of the pictures taken
 * @param language that the browser asks for, such as {@code ko-KR}
 */
public record Look(String name, int width, int height, boolean dark, String language) {
    /** A desk, by day, in English. */
    public static final Look DESK = new Look("desk", 1180, 900, false, "en-US");

    /** A desk, at night, in Korean. */
    public static final Look NIGHT = new Look("night", 1180, 900, true, "ko-KR");

    /** A small phone, by day, in English, whose words are longer. */
    public static final Look PHONE = new Look("phone", 360, 780, false, "en-US");

    /** A small phone, at night, in Korean, whose words break anywhere. */
    public static final Look POCKET = new Look("pocket", 360, 780, true, "ko-KR");
}
