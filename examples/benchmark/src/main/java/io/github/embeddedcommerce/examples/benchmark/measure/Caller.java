package io.github.embeddedcommerce.examples.benchmark.measure;

import io.github.embeddedcommerce.examples.benchmark.measure.Tickets.Ticket;
import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import io.github.embeddedcommerce.examples.benchmark.shop.Shop;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One of those who call a shop at once: it acts for users of its own, so that callers meet at options and coupons and
 * not at balances. Used by one thread.
 */
final class Caller {
    private static final int STRIDE = 997; // has no divisor in common with the number of options
    private static final int CART = 10;

    private final Shop shop;
    private final Contestant contestant;
    private final Seat seat;
    private final SplittableRandom random;
    private String user;

    Caller(Contestant contestant, Seat seat, long seed) {
        this.shop = contestant.shop();
        this.contestant = contestant;
        this.seat = seat;
        this.random = new SplittableRandom(seed);
        this.user = contestant.catalog().users().get(0);
    }

    /**
     * Which of the callers it is.
     *
     * @param number from 0
     * @param callers how many there are
     * @param hot whether all want the same option
     */
    record Seat(int number, int callers, boolean hot) {}

    /** The next operation is somebody else's. */
    private String anybody() {
        return seated(contestant.catalog().users());
    }

    private String seated(List<String> users) {
        int mine = users.size() / seat.callers;
        return users.get(seat.number + seat.callers * random.nextInt(mine));
    }

    private long[] options(int lines) {
        List<Long> all = contestant.catalog().options();
        int first = seat.hot ? 0 : random.nextInt(all.size());
        long[] options = new long[lines];
        for (int i = 0; i < lines; i++) {
            options[i] = all.get((first + i * STRIDE) % all.size());
        }
        return options;
    }

    long place(int lines) {
        user = anybody();
        return shop.place(user, options(lines), null);
    }

    long pay(long order) {
        shop.pay(user, order, null, null);
        return order;
    }

    void cancel(long order) {
        shop.cancel(user, order);
    }

    void buyWithCoupon() {
        Ticket ticket = contestant.unlimited().next();
        long coupon = shop.issue(ticket.user(), ticket.coupon());
        long order = shop.place(ticket.user(), options(1), null);
        shop.pay(ticket.user(), order, coupon, null);
    }

    void buyWithKeys() {
        user = anybody();
        long order = shop.place(user, options(1), UUID.randomUUID().toString());
        shop.pay(user, order, null, UUID.randomUUID().toString());
    }

    void issue() {
        Ticket ticket = contestant.limited().next();
        shop.issue(ticket.user(), ticket.coupon());
    }

    void topUp() {
        shop.topUp(anybody(), 1);
    }

    /** A user comes back to the same few options, so that carts do not grow without end. */
    void addToCart() {
        Catalog catalog = contestant.catalog();
        user = anybody();
        int option = Math.floorMod(
                user.hashCode() + random.nextInt(CART) * STRIDE,
                catalog.options().size());
        shop.addToCart(user, catalog.options().get(option), 1);
    }

    void listOrders() {
        List<String> users = contestant.catalog().users();
        shop.listOrders(seated(users.subList(0, Math.min(Filling.READERS, users.size()))));
    }

    void viewProduct() {
        List<Long> products = contestant.catalog().products();
        shop.viewProduct(products.get(random.nextInt(products.size())));
    }
}
