package io.github.embeddedcommerce.examples.console;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.product.ProductTexts;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Products as rows of a CSV file: the first option stands in the row of its product, each further one in a row of its
 * own, in which the columns of the product are empty.
 */
final class ProductRows {
    /** The names of the columns. */
    static final List<String> HEADER =
            List.of("name", "description", "category", "price", "on_sale", "sku", "attributes", "stock");

    /** Digits, and not too many: to write out 1e100000000 would take all memory. */
    private static final Pattern PRICE = Pattern.compile("-?[0-9]{1,30}([.][0-9]{1,30})?");

    private static final int OPTION = 5;
    private static final List<String> SAME_PRODUCT = List.of("", "", "", "", "");

    private ProductRows() {}

    /** Hands over the rows of a product. */
    static void write(Product product, Consumer<List<String>> rows) {
        ProductDetails details = product.details();
        List<String> cells = List.of(
                details.texts().name(),
                details.texts().description(),
                details.category(),
                details.price().getAmount().toPlainString(),
                String.valueOf(details.onSale()));
        for (ProductOption option : product.options()) {
            rows.accept(List.of(
                    cells.get(0),
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.get(4),
                    option.sku(),
                    Attributes.cell(option.attributes()),
                    String.valueOf(option.available())));
            cells = SAME_PRODUCT;
        }
    }

    /** Whether this row is a further option of the product in the rows before. */
    static boolean isFurtherOption(List<String> row) {
        return row.subList(0, OPTION).equals(SAME_PRODUCT);
    }

    /** The product of this row, without options. Throws IllegalArgumentException with what is wrong. */
    static NewProduct product(List<String> row, CurrencyUnit currency) {
        return refusable(() -> new NewProduct(
                new ProductDetails(
                        new ProductTexts(row.get(0), row.get(1)),
                        row.get(2),
                        price(row.get(3), currency),
                        onSale(row.get(4))),
                List.of()));
    }

    /** The option of this row. Throws IllegalArgumentException with what is wrong. */
    static NewOption option(List<String> row) {
        return refusable(() -> new NewOption(row.get(5), Attributes.of(row.get(6)), stock(row.get(7))));
    }

    private interface Made<T> {
        T make();
    }

    /** What is wrong, in the words of the shop without its code. */
    private static <T> T refusable(Made<T> made) {
        try {
            return made.make();
        } catch (CommerceException refusal) {
            throw new IllegalArgumentException(reason(refusal), refusal);
        }
    }

    /** The words of a refusal without its code, which is for programs. */
    static String reason(CommerceException refusal) {
        return String.valueOf(refusal.getMessage()).replaceFirst(" \\([A-Z0-9_]+\\)$", "");
    }

    private static Money price(String cell, CurrencyUnit currency) {
        if (!PRICE.matcher(cell).matches()) {
            throw new IllegalArgumentException("price must be a number such as 12000, it is '" + cell + "'");
        }
        try {
            return Money.of(currency, new BigDecimal(cell));
        } catch (ArithmeticException tooFine) {
            throw new IllegalArgumentException(
                    "price must have " + currency.getDecimalPlaces() + " decimals in " + currency + ", it is " + cell,
                    tooFine);
        }
    }

    private static boolean onSale(String cell) {
        return switch (cell) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("on_sale must be true or false, it is '" + cell + "'");
        };
    }

    private static long stock(String cell) {
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "stock must be a whole number such as 10, it is '" + cell + "'", malformed);
        }
    }
}
