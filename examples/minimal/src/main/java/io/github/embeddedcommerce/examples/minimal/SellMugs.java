package io.github.embeddedcommerce.examples.minimal;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Sells two mugs in a shop in memory. */
@SuppressWarnings("SystemOut")
public final class SellMugs {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");

    private SellMugs() {}

    /** Prints what was paid and what the audit says. */
    public static void main(String[] args) {
        try (CommerceFacade shop = JdbcCommerce.open("jdbc:h2:mem:mugs").build()) {
            Product mug = shop.products()
                    .register(NewProduct.of("Mug", "kitchen", Money.ofMinor(KRW, 12_000))
                            .withOption("MUG-BLUE", 10));
            UserId ann = shop.users().register(new UserId("ann")).id();
            shop.users().topUp(TopUp.of(ann, Money.ofMinor(KRW, 50_000)));

            Order order = shop.orders()
                    .place(PlaceOrder.by(ann).line(mug.option("MUG-BLUE").id(), 2));
            Receipt receipt = shop.orders().pay(PayOrder.by(ann, order.id()));

            System.out.println(receipt.paidAmount() + " paid, " + receipt.remainingBalance() + " left");
            System.out.println(
                    "all invariants hold: " + shop.jobs().audit().call().isClean());
        }
    }
}
