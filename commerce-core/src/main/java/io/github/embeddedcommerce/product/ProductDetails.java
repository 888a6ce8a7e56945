package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.amount;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import org.joda.money.Money;

/**
 * The part of a product that can be changed. Orders keep the name and price they were placed with. Immutable.
 *
 * @param texts name and description
 * @param category 1 to 100 characters
 * @param price of one unit, 0 or more, in the shop's currency
 * @param onSale whether customers see it and can order it
 */
public record ProductDetails(ProductTexts texts, String category, Money price, boolean onSale) {
    /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
    public ProductDetails {
        required(texts, "texts");
        text(category, "category", 1, 100);
        amount(price, "price", 0);
    }

    /** The same with other texts. */
    public ProductDetails withTexts(ProductTexts newTexts) {
        return new ProductDetails(newTexts, category, price, onSale);
    }

    /** The same in another category. */
    public ProductDetails withCategory(String newCategory) {
        return new ProductDetails(texts, newCategory, price, onSale);
    }

    /** The same at another price. */
    public ProductDetails withPrice(Money newPrice) {
        return new ProductDetails(texts, category, newPrice, onSale);
    }

    /** The same, on sale or not. */
    public ProductDetails withOnSale(boolean nowOnSale) {
        return new ProductDetails(texts, category, price, nowOnSale);
    }
}
