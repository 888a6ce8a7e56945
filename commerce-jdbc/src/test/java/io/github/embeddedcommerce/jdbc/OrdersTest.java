package io.github.embeddedcommerce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.Payment;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.UserId;
import org.junit.jupiter.api.Test;

class OrdersTest extends ShopTest {
    @Test
    void a_purchase() {
        Product mug = product("MUG", 12_000, 10);
        UserId ann = user("ann", 50_000);
        Order order =
                shop.orders().place(PlaceOrder.by(ann).line(mug.option("MUG").id(), 2));
        Receipt receipt = shop.orders().pay(new Payment(ann, order.id()));
        assertThat(receipt.remainingBalance()).isEqualTo(won(26_000));
        assertThat(shop.orders().get(ann, order.id())).isEqualTo(receipt.order());
        assertThat(receipt.order().status()).isEqualTo(OrderStatus.PAID);
        assertThat(shop.products().get(mug.id()).option("MUG").available()).isEqualTo(8);
    }
}
