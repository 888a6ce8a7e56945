package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * What is in the shop before it opens, by ids.
 *
 * @param plenty options that never run out
 * @param rare options of which there are {@value #RARE}
 * @param limited coupons of which there are {@value #LIMIT}, for more users than that
 * @param unlimited coupons for whoever asks
 */
record Stage(List<Long> plenty, List<Long> rare, List<Long> limited, List<Long> unlimited) {
    static final long RARE = 40;
    static final int LIMIT = 12;
    private static final int USERS = 300;
    private static final int POOR = 3;
    private static final long RICH = 1_000_000_000_000L;

    /** Orders expire soon, and what can go from the history goes soon, so that the jobs have something to do. */
    static CommerceSettings settings() {
        return CommerceSettings.defaults()
                .withTimeToPay(Duration.ofSeconds(3))
                .withTransactionRetry(new TransactionRetry(Duration.ofSeconds(2), 10, Duration.ofSeconds(10)))
                .withRetention(Retention.defaults()
                        .withBalanceHistory(Duration.ofSeconds(5))
                        .withEvents(Duration.ofSeconds(5)));
    }

    /** Sets up an empty shop. Whoever is rich has been charged through this clerk. */
    static Stage set(CommerceFacade shop, Clerk clerk, int limitedCoupons) {
        for (UserId user : users().toList()) {
            shop.users().register(user);
        }
        rich().forEach(user -> clerk.ask(Call.of(Call.Kind.CHARGE, user, RICH)));
        NewCoupon tenth =
                NewCoupon.of("Tenth", DiscountRule.percent(10), Instant.now().plus(Duration.ofDays(1)));
        return new Stage(
                options(shop, "MUG", 4, 1_000_000_000),
                options(shop, "VASE", 2, RARE),
                coupons(shop, tenth.limitedTo(LIMIT), limitedCoupons),
                coupons(shop, tenth, 20));
    }

    private static List<Long> options(CommerceFacade shop, String sku, int number, long stock) {
        NewProduct product = NewProduct.of(sku, "pottery", Money.ofMinor(Call.WON, 1_005));
        for (int i = 0; i < number; i++) {
            product = product.withOption(sku + i, stock);
        }
        return shop.products().register(product).options().stream()
                .map(option -> option.id().value())
                .toList();
    }

    private static List<Long> coupons(CommerceFacade shop, NewCoupon coupon, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> shop.coupons().create(coupon).id().value())
                .toList();
    }

    static Stream<UserId> users() {
        return IntStream.range(0, USERS).mapToObj(i -> new UserId("user-" + i));
    }

    /** Those who can buy whatever they like. */
    static Stream<UserId> rich() {
        return users().skip(POOR);
    }

    void write(Path file) throws IOException {
        Files.write(
                file,
                Stream.of(plenty, rare, limited, unlimited)
                        .map(ids -> String.join(
                                " ", ids.stream().map(String::valueOf).toList()))
                        .toList());
    }

    static Stage read(Path file) throws IOException {
        List<List<Long>> ids = Files.readAllLines(file).stream()
                .map(line -> Stream.of(line.split(" ", -1)).map(Long::valueOf).toList())
                .toList();
        return new Stage(ids.get(0), ids.get(1), ids.get(2), ids.get(3));
    }
}
