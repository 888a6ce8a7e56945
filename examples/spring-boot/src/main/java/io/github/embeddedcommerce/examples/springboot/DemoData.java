package io.github.embeddedcommerce.examples.springboot;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** A mug to give, ten of them, and Ann, who has money; once, however often the application is started. */
@Component
class DemoData implements ApplicationRunner {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");

    private final CommerceFacade shop;

    DemoData(CommerceFacade shop) {
        this.shop = shop;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (shop.products().findBySku("MUG-BLUE").isPresent()) {
            return;
        }
        shop.products()
                .register(NewProduct.of("Mug", "kitchen", Money.ofMinor(KRW, 12_000))
                        .withOption("MUG-BLUE", 10));
        UserId ann = shop.users().register(new UserId("ann")).id();
        shop.users().topUp(TopUp.of(ann, Money.ofMinor(KRW, 200_000)));
    }
}
