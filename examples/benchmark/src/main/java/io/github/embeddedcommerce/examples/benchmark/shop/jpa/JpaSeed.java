package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Fills the tables of the JPA service by batches. */
record JpaSeed(SessionFactory factory) {
    private static final int CHUNK = 5_000;
    private static final Duration TIME_TO_PAY = Duration.ofMinutes(10);

    Catalog fill(Filling filling) {
        List<Product> products = IntStream.range(0, filling.products())
                .mapToObj(JpaSeed::product)
                .toList();
        List<ProductOption> options =
                products.stream().flatMap(product -> product.options.stream()).toList();
        List<Coupon> coupons = coupons(filling);
        List<String> users =
                IntStream.range(0, filling.users()).mapToObj(Filling::user).toList();
        insert(products);
        IntStream.range(0, options.size()).forEach(i -> options.get(i).sku = Filling.sku(i));
        insert(options);
        insert(options.stream().map(JpaSeed::stock).toList());
        insert(users.stream().map(JpaSeed::customer).toList());
        insert(users.stream().map(JpaSeed::firstChange).toList());
        insert(coupons);
        Catalog catalog = new Catalog(
                products.stream().map(product -> product.id).toList(),
                options.stream().map(option -> option.id).toList(),
                users,
                coupons.stream().filter(c -> c.total == null).map(c -> c.id).toList(),
                coupons.stream().filter(c -> c.total != null).map(c -> c.id).toList());
        int readers = filling.readers();
        orders(catalog, new Bulk(readers * Filling.ORDERS_A_READER, 1, readers), order -> {
            order.placedAt = order.placedAt.minus(Duration.ofDays(30));
            order.status = PurchaseOrder.Status.EXPIRED;
        });
        return catalog;
    }

    void overdue(Catalog catalog, int orders) {
        orders(catalog, new Bulk(orders, 1, catalog.users().size()), order -> {});
        try (StatelessSession session = factory.openStatelessSession()) {
            session.beginTransaction();
            session.createMutationQuery("update Stock s set s.reserved = s.reserved + ("
                            + "select coalesce(sum(l.quantity), 0) from OrderLine l join l.order o"
                            + " where l.optionId = s.optionId and o.status = 'PENDING')")
                    .executeUpdate();
            session.getTransaction().commit();
        }
    }

    void paid(Catalog catalog, int orders, int linesEach) {
        orders(catalog, new Bulk(orders, linesEach, catalog.users().size()), order -> {
            order.status = PurchaseOrder.Status.PAID;
            order.paidAt = order.placedAt.plusSeconds(60);
        });
    }

    private record Bulk(int orders, int linesEach, int users) {}

    private void orders(Catalog catalog, Bulk bulk, Consumer<PurchaseOrder> change) {
        Instant placed = Instant.now().truncatedTo(ChronoUnit.MICROS).minus(Duration.ofHours(1));
        for (int done = 0; done < bulk.orders; done += CHUNK) {
            List<PurchaseOrder> orders = new ArrayList<>();
            List<OrderLine> lines = new ArrayList<>();
            for (int i = done; i < Math.min(done + CHUNK, bulk.orders); i++) {
                PurchaseOrder order = new PurchaseOrder();
                order.userId = catalog.users().get(i % bulk.users);
                order.placedAt = placed;
                for (int n = 0; n < bulk.linesEach; n++) {
                    lines.add(line(
                            order, n + 1, (i * 37 + n * 101) % catalog.options().size(), catalog));
                }
                change.accept(order);
                order.expiresAt = order.placedAt.plus(TIME_TO_PAY);
                orders.add(order);
            }
            insert(orders);
            insert(lines);
        }
    }

    private static OrderLine line(PurchaseOrder order, int number, int option, Catalog catalog) {
        int product = option / Filling.OPTIONS_A_PRODUCT;
        OrderLine line = new OrderLine();
        line.order = order;
        line.number = number;
        line.optionId = catalog.options().get(option);
        line.sku = Filling.sku(option);
        line.productId = catalog.products().get(product);
        line.productName = "product " + product;
        line.unitPrice = Filling.price(product);
        line.quantity = 1;
        order.total += line.unitPrice;
        return line;
    }

    private static Product product(int number) {
        Product product = new Product();
        product.name = "product " + number;
        product.category = "category " + number % 20;
        product.price = Filling.price(number);
        product.onSale = true;
        for (int position = 1; position <= Filling.OPTIONS_A_PRODUCT; position++) {
            ProductOption option = new ProductOption();
            option.product = product;
            option.position = position;
            option.attributes.put("color", "color " + position % 7);
            option.attributes.put("size", "size " + position % 5);
            product.options.add(option);
        }
        return product;
    }

    private static Stock stock(ProductOption option) {
        Stock stock = new Stock();
        stock.optionId = option.id;
        stock.onHand = Filling.STOCK;
        return stock;
    }

    private static Customer customer(String id) {
        Customer customer = new Customer();
        customer.id = id;
        customer.balance = Filling.BALANCE;
        return customer;
    }

    private static BalanceChange firstChange(String user) {
        BalanceChange change = new BalanceChange();
        change.userId = user;
        change.amount = Filling.BALANCE;
        change.balanceAfter = Filling.BALANCE;
        change.code = "SYSTEM_CHARGE";
        change.changedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return change;
    }

    private static List<Coupon> coupons(Filling filling) {
        Instant expiry = Instant.now().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(365));
        List<Coupon> coupons = new ArrayList<>();
        for (int i = 0; i < 2 * filling.coupons(); i++) {
            Coupon coupon = new Coupon();
            coupon.name = "coupon " + i;
            coupon.percent = 10;
            coupon.expiresAt = expiry;
            coupon.total = i % 2 == 0 ? null : Long.valueOf(filling.users());
            coupons.add(coupon);
        }
        return coupons;
    }

    private void insert(List<?> rows) {
        try (StatelessSession session = factory.openStatelessSession()) {
            session.setJdbcBatchSize(500);
            session.beginTransaction();
            session.insertMultiple(rows);
            session.getTransaction().commit();
        }
    }
}
