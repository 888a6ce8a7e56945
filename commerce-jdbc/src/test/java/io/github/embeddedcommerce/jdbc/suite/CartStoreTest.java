package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.jdbc.store.JdbiStores;
import io.github.embeddedcommerce.jdbc.store.RowLocks;
import io.github.embeddedcommerce.jdbc.store.StoreConnection;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.store.CartStore.NewCartItem;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What carts do that no single call of a customer asks for. */
class CartStoreTest extends ShopTest {
    /** A statement of PostgreSQL's has 65,535 parameters, and a list is given a power of two. */
    private static final int MOST_IN_POSTGRES = 32_768;

    private UserId ann = nothing();
    private UserId bob = nothing();
    private OptionId spoon = nothing();

    @BeforeEach
    void two_users_and_spoons() {
        ann = user("ann", 0);
        bob = user("bob", 0);
        spoon = product("SPOON", 1, 100).option("SPOON").id();
    }

    @Test
    @Tag("C3")
    void carts_that_nobody_touched_for_long_can_be_purged() {
        shop.carts().add(AddToCart.of(ann, spoon, 1));
        CartItem bobs = shop.carts().add(AddToCart.of(bob, spoon, 1));
        clock.advance(Duration.ofDays(30));
        Instant before = clock.instant();
        shop.carts().changeQuantity(bob, bobs.id(), 2);

        assertThat(purged(before, 10)).isEqualTo(1);

        assertThat(shop.carts().get(ann).lines()).isEmpty();
        assertThat(shop.carts().get(bob).lines()).hasSize(1);
        assertThat(purged(before, 10)).isZero();
        shop.carts().add(AddToCart.of(ann, spoon, 1));
        assertThat(purged(before.plusNanos(1_000), 1)).isEqualTo(1);
        assertThat(purged(before.plusNanos(1_000), 1)).isEqualTo(1);
        assertThat(purged(before.plusNanos(1_000), 1)).isZero();
    }

    private int purged(Instant before, int limit) {
        return inStores("purge", stores -> stores.carts().purgeAbandoned(before, limit));
    }

    private <T> T inStores(String useCase, Function<Stores, T> work) {
        Dialect dialect = Dialect.of(pool);
        Jdbi jdbi = JdbiConfig.set(Jdbi.create(pool), dialect, dialect.usualTables(), CurrencyUnit.of("KRW"));
        return jdbi.inTransaction(handle -> JdbiStores.with(
                new StoreConnection(jdbi, handle.getConnection()), new RowLocks(useCase, dialect), work));
    }

    @Test
    @Tag("C1")
    void the_carts_of_very_many_calls_that_share_a_transaction_are_emptied_at_once() {
        NewProduct product = NewProduct.of("Mug", "test", won(1));
        for (int n = 0; n < Cart.MAX_ITEMS; n++) {
            product = product.withOption("MUG-" + n, Map.of("size", "" + n), 1_000);
        }
        List<ProductOption> options = shop.products().register(product).options();
        Map<UserId, List<CartItem>> carts = new TreeMap<>();
        for (int n = 0; n <= MOST_IN_POSTGRES / Cart.MAX_ITEMS; n++) {
            carts.put(user("many-" + n, 0), new ArrayList<>());
        }
        Instant now = clock.instant();

        inStores("many", stores -> {
            stores.carts().lock(carts.keySet());
            List<NewCartItem> items = new ArrayList<>();
            carts.keySet().forEach(user -> options.forEach(option -> items.add(new NewCartItem(user, option.id(), 1))));
            List<CartItemId> ids = stores.carts().insert(items, now);
            for (int i = 0; i < ids.size(); i++) {
                NewCartItem item = items.get(i);
                carts.getOrDefault(item.user(), new ArrayList<>()).add(new CartItem(ids.get(i), item.option(), 1));
            }
            return ids;
        });
        assertThat(shop.carts().get(new UserId("many-0")).lines()).hasSize(Cart.MAX_ITEMS);
        inStores("many", stores -> {
            stores.carts().lock(carts.keySet());
            stores.carts().remove(carts, now);
            return carts;
        });

        carts.keySet()
                .forEach(user -> assertThat(shop.carts().get(user).lines()).isEmpty());
    }
}
