package io.github.embeddedcommerce.jdbc.hosts;

import io.github.embeddedcommerce.jdbc.fixture.ShopFixture;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import org.junit.jupiter.api.BeforeEach;

/** A shop that has a mug and a user before a host comes to it. */
abstract class ShopInAHost extends ShopFixture {
    OptionId mug = new OptionId(1);
    UserId ann = new UserId("ann");

    @BeforeEach
    void a_mug_and_a_user() {
        mug = product("MUG", 1_000, 10).option("MUG").id();
        ann = user("ann", 50_000);
    }

    int orders() {
        return shop.orders().list(ann, PageRequest.first()).items().size();
    }
}
