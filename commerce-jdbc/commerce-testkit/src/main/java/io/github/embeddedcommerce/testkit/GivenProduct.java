package io.github.embeddedcommerce.testkit;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** A product in the making. Not thread-safe. */
public final class GivenProduct {
    private final CommerceFacade shop;
    private final CurrencyUnit currency;
    private final String sku;
    private String name;
    private String category = "test";
    private long price = 1_000;
    private long stock = 100;

    GivenProduct(CommerceFacade shop, CurrencyUnit currency, String sku) {
        this.shop = shop;
        this.currency = currency;
        this.sku = sku;
        this.name = sku;
    }

    /** What it is called; by default like its sku. */
    public GivenProduct named(String newName) {
        this.name = newName;
        return this;
    }

    /** Where it is listed; by default {@code test}. */
    public GivenProduct in(String newCategory) {
        this.category = newCategory;
        return this;
    }

    /** What a unit costs, in minor units; by default 1,000. */
    public GivenProduct priced(long minorUnits) {
        this.price = minorUnits;
        return this;
    }

    /** How many units there are; by default 100. */
    public GivenProduct stocked(long units) {
        this.stock = units;
        return this;
    }

    /**
     * Registers it.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if the sku is taken or a value out of
     *     range
     */
    public Product registered() {
        return shop.products()
                .register(NewProduct.of(name, category, Money.ofMinor(currency, price))
                        .withOption(sku, stock));
    }

    /**
     * Registers it, for tests that need nothing but the id of its option.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException as {@link #registered}
     */
    public OptionId option() {
        return registered().option(sku).id();
    }
}
