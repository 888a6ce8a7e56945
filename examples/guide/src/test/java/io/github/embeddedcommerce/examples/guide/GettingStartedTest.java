package io.github.embeddedcommerce.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.testkit.CommerceExtension;
import io.github.embeddedcommerce.testkit.FailingDataSource;
import io.github.embeddedcommerce.testkit.Given;
import io.github.embeddedcommerce.testkit.LostCommit;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.nio.file.Path;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** getting-started.md and kotlin.md. */
@ExtendWith(CommerceExtension.class)
class GettingStartedTest {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");

    static Receipt sell(String folder) {
        try (CommerceFacade shop = JdbcCommerce.open("jdbc:h2:file:" + folder + "/shop")
                .settings(CommerceSettings.defaults().withCurrency(KRW))
                .build()) {
            Product mug = shop.products()
                    .register(NewProduct.of("Mug", "kitchen", Money.ofMinor(KRW, 12_000))
                            .withOption("MUG-BLUE", 10));
            OptionId blue = mug.option("MUG-BLUE").id();

            UserId ann = shop.users().register(new UserId("ann")).id();
            shop.users().topUp(TopUp.of(ann, Money.ofMinor(KRW, 50_000)));

            Order order = shop.orders().place(PlaceOrder.by(ann).line(blue, 2)); // reserved for ten minutes
            return shop.orders().pay(PayOrder.by(ann, order.id()));
        }
    }

    static String refused(CommerceFacade shop, UserId ann, OptionId blue) {
        try {
            shop.orders().place(PlaceOrder.by(ann).line(blue, 1_000));
            return "placed";
        } catch (CommerceException refusal) {
            if (refusal.code() == ErrorCode.INSUFFICIENT_STOCK) {
                return "only " + refusal.values().get("available") + " left";
            }
            throw refusal;
        }
    }

    static Receipt payOnce(CommerceFacade shop, UserId ann, Order order) {
        PayOrder request = PayOrder.by(ann, order.id()).withKey(IdempotencyKey.random());
        try {
            return shop.orders().pay(request);
        } catch (StorageException lost) {
            if (lost.outcome() != Outcome.UNKNOWN) {
                throw lost; // nothing has changed
            }
            return shop.orders().pay(request); // paid once, whichever it was
        }
    }

    @Test
    void the_first_purchase_is_paid_and_there_after_a_restart(@TempDir Path folder) {
        assertThat(sell(folder.toString()).remainingBalance()).isEqualTo(Money.ofMinor(KRW, 26_000));
        try (CommerceFacade again =
                JdbcCommerce.open("jdbc:h2:file:" + folder.resolve("shop")).build()) {
            assertThat(again.users().getBalance(new UserId("ann"))).isEqualTo(Money.ofMinor(KRW, 26_000));
        }
    }

    @Test
    void a_refusal_says_what_is_left(CommerceFacade shop, Given given) {
        UserId ann = given.user("ann").registered();
        assertThat(refused(shop, ann, given.product("MUG").stocked(8).option())).isEqualTo("only 8 left");
    }

    @Test
    void a_payment_whose_answer_is_lost_is_made_once(CommerceFacade shop, Given given, FailingDataSource database) {
        UserId ann = given.user("ann").withBalance(5_000).registered();
        Order order = given.order(ann).of(given.product("MUG").option(), 1).placed();
        for (LostCommit commit : LostCommit.values()) {
            Order next = commit == LostCommit.WRITTEN
                    ? order
                    : given.order(ann).of(given.product("CUP").option(), 1).placed();
            database.failAtCommit(commit);
            payOnce(shop, ann, next);
        }
        assertThat(shop.users().getBalance(ann)).isEqualTo(Money.ofMinor(KRW, 3_000));
    }

    @Test
    void it_is_sold_in_kotlin_as_well() {
        assertThat(MugsKt.sellAMug()).isEqualTo("KRW 24000 paid, then sold out");
    }
}
