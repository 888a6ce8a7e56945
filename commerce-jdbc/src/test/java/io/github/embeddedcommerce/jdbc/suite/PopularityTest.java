package io.github.embeddedcommerce.jdbc.suite;

import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.PopularProducts.Entry;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** What tests of popular products have in common: somebody who buys, and what came of it. */
abstract class PopularityTest extends ShopTest {
    static final Duration MICROSECOND = Duration.ofNanos(1_000);
    static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    UserId ann;

    @BeforeEach
    void somebody_rich() {
        ann = user("ann", 1_000_000);
    }

    Order place(Product product, long quantity) {
        OptionId option = product.options().get(0).id();
        return shop.orders().place(PlaceOrder.by(ann).line(option, quantity));
    }

    Order buy(Product product, long quantity) {
        return shop.orders()
                .pay(PayOrder.by(ann, place(product, quantity).id()))
                .order();
    }

    static List<ProductId> products(PopularProducts snapshot) {
        return snapshot.entries().stream().map(Entry::product).toList();
    }

    List<PopularProducts> listed(int pageSize) {
        List<PopularProducts> listed = new ArrayList<>();
        PageRequest next = PageRequest.first(pageSize);
        while (true) {
            Page<PopularProducts> page = shop.products().listPopular(next);
            listed.addAll(page.items());
            if (page.next() == null) {
                return listed;
            }
            next = next.after(page.next());
        }
    }
}
