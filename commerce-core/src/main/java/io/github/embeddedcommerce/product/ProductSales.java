package io.github.embeddedcommerce.product;

import io.github.embeddedcommerce.page.TimeRange;
import java.util.List;

/**
 * A product with its options and what was sold of each over a time. Immutable.
 *
 * @param product the product as it is now, with the available units of each option
 * @param range the time
 * @param sales one for each option, in the order of the product's options
 */
public record ProductSales(Product product, TimeRange range, List<OptionSales> sales) {
    /** Copies the sales. */
    public ProductSales {
        sales = List.copyOf(sales);
    }

    /** The units sold of all options. */
    public long units() {
        return sales.stream().mapToLong(OptionSales::units).sum();
    }
}
