package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.store.ProductPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is selected of the products on sale for a page of a list. It is ordered by all columns of an index, those that
 * are the same in every row included: only then does H2 read no more than the page.
 *
 * @param after only those that come after this place
 * @param except none of these
 */
public record ProductListSql(ProductQuery query, ProductPlace after, Set<ProductId> except, int limit) {
    /** The whole select, without the options. */
    public String select() {
        return ProductReader.PRODUCTS + text();
    }

    /** What stands behind {@link ProductReader#PRODUCTS}. */
    String text() {
        boolean all = query.category() == null;
        String category = query.sort() == ProductQuery.Sort.PRICE_UP ? "category, " : "category desc, ";
        return "where on_sale = true"
                + (all ? "" : " and category = ?")
                + (except.isEmpty() ? "" : " and id not in (?)")
                + inOrder().replace("<category>", all ? "" : category)
                + " fetch first ? rows only";
    }

    private String inOrder() {
        return switch (query.sort()) {
            case PRICE_UP -> """
                      and price >= ? and (price > ? or id > ?)
                    order by on_sale, <category>price, id""";
            case PRICE_DOWN -> """
                      and price <= ? and (price < ? or id < ?)
                    order by on_sale desc, <category>price desc, id desc""";
            case NEWEST -> """
                      and registered_at <= ? and (registered_at < ? or id < ?)
                    order by on_sale desc, <category>registered_at desc, id desc""";
            case MOST_POPULAR -> throw new IllegalArgumentException("popularity is not a column of products");
        };
    }

    /** What its places stand for. */
    public Object[] parameters() {
        List<Object> parameters = new ArrayList<>();
        if (query.category() != null) {
            parameters.add(query.category());
        }
        if (!except.isEmpty()) {
            parameters.add(except);
        }
        Object key = query.sort() == ProductQuery.Sort.NEWEST ? after.registeredAt() : after.key();
        parameters.add(key);
        parameters.add(key);
        parameters.add(after.id());
        parameters.add(limit);
        return parameters.toArray();
    }
}
