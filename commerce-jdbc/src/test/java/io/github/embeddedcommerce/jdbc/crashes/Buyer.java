package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.crashes.Call.Kind;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Does one thing after the other in the shop, at random, as any of its users. Not thread-safe. */
final class Buyer {
    private static final List<UserId> USERS = Stage.users().toList();
    private static final List<UserId> RICH = Stage.rich().toList();

    private final CommerceFacade shop;
    private final Clerk clerk;
    private final Stage stage;
    private final Random random;

    Buyer(CommerceFacade shop, Clerk clerk, Stage stage, Random random) {
        this.shop = shop;
        this.clerk = clerk;
        this.stage = stage;
        this.random = random;
    }

    void turn() {
        UserId user = one(USERS);
        int dice = random.nextInt(100);
        if (dice < 10) {
            clerk.ask(Call.of(Kind.CHARGE, user, 1 + random.nextInt(2_000)));
        } else if (dice < 15) {
            clerk.ask(Call.of(Kind.ADJUST, user, random.nextBoolean() ? 1_000 : -700));
        } else if (dice < 25) {
            clerk.ask(Call.of(Kind.ISSUE, user, one(random.nextBoolean() ? stage.limited() : stage.unlimited())));
        } else {
            order(user).ifPresent(order -> dispose(user, order));
        }
    }

    private Optional<Long> order(UserId user) {
        if (random.nextInt(8) == 0) {
            fillCart(user);
            return clerk.ask(Call.of(Kind.PLACE_CART, user, "all")).map(Buyer::id);
        }
        String items = one(stage.plenty()) + ":" + (1 + random.nextInt(3));
        if (random.nextInt(3) == 0) {
            items += "," + one(stage.rare()) + ":1";
        }
        return clerk.ask(Call.of(Kind.PLACE, user, items)).map(Buyer::id);
    }

    /** It has no key: if its outcome is lost, there may be more or less in the cart, and all of that is ordered. */
    private void fillCart(UserId user) {
        try {
            shop.carts().add(AddToCart.of(user, new OptionId(one(stage.plenty())), 1 + random.nextInt(2)));
        } catch (StorageException lost) {
            // whatever is in the cart
        }
    }

    private void dispose(UserId user, long order) {
        int dice = random.nextInt(20);
        if (dice < 3) {
            return; // it expires
        }
        if (dice < 5) {
            clerk.ask(Call.of(Kind.CANCEL, user, order));
            return;
        }
        if (dice < 8) {
            clerk.ask(Call.of(Kind.CARD, user, order))
                    .filter(answer -> Call.part(answer, 2) == 1)
                    .ifPresent(answer -> regret(user, answer));
            return;
        }
        long coupon = dice < 11 ? coupon(user) : 0;
        clerk.ask(Call.of(Kind.PAY, user, order + ":" + coupon)).ifPresent(answer -> regret(user, answer));
    }

    /** Gives some of a paid order back, or all of it by cancelling it, or one after the other, or keeps it. */
    private void regret(UserId user, String paid) {
        long order = id(paid);
        int dice = random.nextInt(10);
        long refunded = dice < 3 ? giveBack(user, order) : 0;
        boolean keepsSome = refunded < Call.part(paid, 1);
        if (keepsSome && dice > 0 && dice < 5) {
            clerk.ask(Call.of(Kind.CANCEL, user, order));
        }
    }

    private long giveBack(UserId user, long order) {
        return Call.part(clerk.ask(Call.of(Kind.RETURN, user, order)).orElseThrow(), 1);
    }

    /** One that the user can pay with, unless another buyer is faster; 0 if there is none. */
    private long coupon(UserId user) {
        try {
            return shop.coupons().list(user, CouponStatus.AVAILABLE, PageRequest.first(1)).items().stream()
                    .findFirst()
                    .map(coupon -> coupon.id().value())
                    .orElse(0L);
        } catch (StorageException error) {
            return 0;
        }
    }

    /** Buys rare things until there are none, and takes this share of the limited coupons until they are gone. */
    void closingSale(int share, int shares) {
        for (long option : stage.rare()) {
            Optional<Long> order = Optional.of(0L);
            while (order.isPresent()) {
                UserId user = one(RICH);
                order = clerk.ask(Call.of(Kind.PLACE, user, option + ":1")).map(Buyer::id);
                order.ifPresent(id -> clerk.ask(Call.of(Kind.PAY, user, id + ":0")));
            }
        }
        for (int i = share; i < stage.limited().size(); i += shares) {
            for (UserId user : USERS.subList(0, 3 * Stage.LIMIT)) {
                clerk.ask(Call.of(Kind.ISSUE, user, stage.limited().get(i)));
            }
        }
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static long id(String answer) {
        return Call.part(answer, 0);
    }
}
