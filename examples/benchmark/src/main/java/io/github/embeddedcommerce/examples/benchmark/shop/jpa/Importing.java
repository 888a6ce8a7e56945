package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import io.github.embeddedcommerce.examples.benchmark.shop.Goods;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Many products at once. Each method works in the transaction of this entity manager, which batches what it writes. */
record Importing(EntityManager entities, Instant now) {
    int register(List<Goods> goods) {
        for (Goods one : goods) {
            Product product = new Product();
            product.name = one.name();
            product.category = Goods.CATEGORY;
            product.price = one.price();
            product.onSale = true;
            entities.persist(product);
            ProductOption option = new ProductOption();
            option.product = product;
            option.position = 1;
            option.sku = one.sku();
            option.attributes.put("color", Goods.COLOR);
            option.attributes.put("size", Goods.SIZE);
            entities.persist(option);
            Stock stock = new Stock();
            stock.optionId = option.id;
            stock.onHand = one.stock();
            entities.persist(stock);
            record(option.id, 0, one.stock(), "INITIAL");
        }
        return goods.size();
    }

    int changePrices(List<Long> products, long price) {
        List<Product> found = entities.createQuery("select p from Product p where p.id in :ids", Product.class)
                .setParameter("ids", products)
                .getResultList();
        found.forEach(product -> product.price = price);
        return found.size();
    }

    int receive(List<Long> options, long quantity) {
        List<Stock> stocks = new Ordering(entities, now).lock(new TreeSet<>(options));
        for (Stock stock : stocks) {
            record(stock.optionId, stock.onHand, stock.onHand + quantity, "RECEIPT");
            stock.onHand += quantity;
        }
        return stocks.size();
    }

    private void record(long option, long before, long after, String kind) {
        StockChange change = new StockChange();
        change.optionId = option;
        change.quantityBefore = before;
        change.quantityAfter = after;
        change.kind = kind;
        change.changedAt = now;
        entities.persist(change);
    }
}
