package io.github.embeddedcommerce.jdbc.plans;

import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.nothing;
import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.won;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.BackOffice;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import io.github.embeddedcommerce.user.UserQuery.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With very many users, options and issued coupons, and a very long balance history, what is asked for is found by an
 * index: no step reads a table from beginning to end, or looks at many more rows than a page has. The lists of orders
 * are in {@link PlansTest}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_MEMORY", "POSTGRESQL", "MARIADB"})
class BackOfficePlansTest {
    private static final int MANY = 20_000;
    private static final int OPTIONS = 20;
    private static final int HOLDERS = 20;
    private static final Set<String> LARGE = Set.of("users", "stock", "user_coupons", "balance_changes");
    private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");
    private static final UserId REGULAR = new UserId("regular");
    private static final int PAGE = 20;

    private static HikariDataSource pool = nothing();
    private static Explainer explainer = nothing();
    private static CommerceFacade shop = nothing();

    @Parameter
    Database database = nothing();

    @BeforeParameterizedClassInvocation
    static void fill(Database database) {
        pool = database.empty();
        explainer = new Explainer(database);
        shop = JdbcCommerce.using(new WatchedDataSource(() -> explainer.on(pool.getConnection())))
                .build();
        shop.products().findPopular();
        Dialect dialect = Dialect.of(pool);
        Jdbi jdbi = JdbiConfig.set(Jdbi.create(pool), dialect, dialect.usualTables(), CurrencyUnit.of("KRW"));
        jdbi.useHandle(handle -> fill(database, handle));
    }

    private static void fill(Database database, Handle handle) {
        String opened = database == Database.MARIADB
                ? "timestamp '2026-01-01 00:00:00'"
                : "timestamp with time zone '2026-01-01 00:00:00Z'";
        users(database, handle, opened);
        goods(database, handle, opened);
        handle.execute("""
                insert into <commerce>coupons (name, fixed_discount, expires_at, issued, created_at)
                select concat('C', x), 1, %1$s, 0, %1$s from %2$s
                """.formatted(opened, numbers(database, MANY / HOLDERS)));
        handle.execute("""
                insert into <commerce>user_coupons (coupon_id, user_id, issued_at)
                select c.id, concat('u', s.x), c.created_at from <commerce>coupons c join %s on s.x <= %d
                """.formatted(numbers(database, HOLDERS), HOLDERS));
        handle.execute(
                database == Database.MARIADB
                        ? "analyze table <commerce>users, <commerce>balance_changes, <commerce>stock,"
                                + " <commerce>product_options, <commerce>coupons, <commerce>user_coupons"
                        : "analyze");
    }

    private static void users(Database database, Handle handle, String opened) {
        String columns = """
                insert into <commerce>users
                  (id, balance, changes, opening_number, opening_balance, opening_paid, opening_refunded, registered_at,
                   changed_at)
                """;
        handle.execute(columns
                + "select concat('u', x), mod(x * 7919, 10007), 0, 0, 0, 0, 0, %1$s, %1$s from %2$s"
                        .formatted(opened, numbers(database, MANY)));
        handle.execute(columns
                + "select '%3$s', %2$d, %2$d, 0, 0, 0, 0, %1$s, %1$s from %4$s"
                        .formatted(opened, MANY, REGULAR, numbers(database, 1)));
        handle.execute("""
                insert into <commerce>balance_changes
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, changed_at)
                select '%s', x, x - 1, 1, x, case when mod(x, 1000) = 0 then 'ADJUST' else 'SYSTEM_CHARGE' end, '',
                  case when mod(x, 1000) = 0 then 'yearly' else '' end, %s
                from %s
                order by x
                """.formatted(REGULAR, plusSeconds(database, opened), numbers(database, MANY)));
    }

    private static void goods(Database database, Handle handle, String opened) {
        handle.execute("""
                insert into <commerce>products
                  (name, description, category, price, on_sale, option_count, registered_at)
                select concat('P', x), '', 'c', 1, true, %d, %s from %s order by x
                """.formatted(OPTIONS, opened, numbers(database, MANY / OPTIONS)));
        handle.execute("""
                insert into <commerce>product_options (product_id, position, sku, reference)
                select p.id, s.x, concat(p.name, '-', s.x), case when s.x = 7 then p.name end
                from <commerce>products p join %s on s.x <= %d
                """.formatted(numbers(database, OPTIONS), OPTIONS));
        handle.execute("""
                insert into <commerce>stock (option_id, on_hand, reserved, changed_at)
                select id, mod(id * 7919, 1009), 0, %s from <commerce>product_options
                """.formatted(opened));
    }

    private static String numbers(Database database, int upTo) {
        return switch (database) {
            case H2_IN_MEMORY, H2_IN_FILE -> "system_range(1, " + upTo + ") s";
            case POSTGRESQL -> "(select generate_series(1, " + upTo + ") as x) s";
            case MARIADB -> "(select seq as x from seq_1_to_" + upTo + ") s";
        };
    }

    private static String plusSeconds(Database database, String opened) {
        return switch (database) {
            case H2_IN_MEMORY, H2_IN_FILE -> "dateadd(second, x, " + opened + ")";
            case POSTGRESQL -> opened + " + x * interval '1 second'";
            case MARIADB -> "timestampadd(second, x, " + opened + ")";
        };
    }

    @AfterParameterizedClassInvocation
    static void close() {
        pool.close();
    }

    @Test
    @Tag("R2")
    void users_are_found_by_the_beginning_of_their_id_and_by_their_balance() {
        BackOffice office = shop.backOffice();
        UserQuery few = UserQuery.all().withBalanceFrom(won(5_000)).withBalanceUpTo(won(5_100));

        for (UserQuery query : List.of(
                UserQuery.all(),
                UserQuery.all().withIdFrom("u1"),
                UserQuery.all().withIdFrom("u12"),
                UserQuery.all().sortedBy(Sort.BALANCE_UP),
                UserQuery.all().sortedBy(Sort.BALANCE_DOWN),
                few.sortedBy(Sort.BALANCE_UP),
                few.sortedBy(Sort.BALANCE_DOWN))) {
            twoPages(page -> office.listUsers(query, page));
        }
    }

    @Test
    @Tag("R2")
    void stock_is_read_from_the_lowest() {
        BackOffice office = shop.backOffice();

        twoPages(page -> office.listStock(StockQuery.all(), page));
        twoPages(page -> office.listStock(StockQuery.all().withAtMost(5), page));
    }

    @Test
    @Tag("R2")
    @Tag("R5")
    void the_stock_of_a_product_or_a_reference_looks_at_no_other() {
        StockQuery ofProduct = StockQuery.all()
                .ofProduct(shop.products().findBySku("P5-1").orElseThrow().id());
        StockQuery withReference = StockQuery.all().withReference("P5");

        indexed(
                OPTIONS + PAGE,
                () -> assertThat(shop.backOffice()
                                .listStock(ofProduct, PageRequest.first())
                                .items())
                        .hasSize(PAGE));
        indexed(
                PAGE,
                () -> assertThat(shop.backOffice()
                                .listStock(withReference, PageRequest.first())
                                .items())
                        .hasSize(1));
    }

    @Test
    @Tag("R2")
    void coupons_are_counted_for_the_page_and_no_more() {
        indexed(
                2 * HOLDERS * (PAGE + 1),
                () -> assertThat(shop.backOffice()
                                .listCoupons(PageRequest.first())
                                .items())
                        .allMatch(counts -> counts.issued() == HOLDERS && counts.used() == 0));
    }

    /** The last hour of a history of 20,000 changes, and all of it that is of one kind: a page, and not the hour. */
    @Test
    @Tag("B4")
    void a_page_of_a_long_history_looks_at_a_page_whatever_time_is_asked_for() {
        Instant end = OPENED.plusSeconds(MANY);
        for (BalanceQuery time : List.of(
                BalanceQuery.all(),
                BalanceQuery.all().between(end.minus(Duration.ofHours(1)), null),
                BalanceQuery.all().between(null, OPENED.plus(Duration.ofHours(1))),
                BalanceQuery.all().between(OPENED.plus(Duration.ofHours(2)), OPENED.plus(Duration.ofHours(3))))) {
            twoPages(page -> shop.users().listBalanceChanges(REGULAR, time, page));
            indexed(
                    3 * PAGE,
                    () -> shop.users()
                            .listBalanceChanges(REGULAR, time.withCode(BalanceCode.ADJUST), PageRequest.first()));
            indexed(
                    3 * PAGE,
                    () -> shop.users().listBalanceChanges(REGULAR, time.withReference("yearly"), PageRequest.first()));
        }
    }

    @Test
    @Tag("B4")
    void counting_a_long_history_counts_nothing_but_the_changes_of_a_kind() {
        Instant end = OPENED.plusSeconds(MANY);
        BalanceQuery hour = BalanceQuery.all().between(end.minus(Duration.ofHours(1)), null);

        indexed(
                5,
                () -> assertThat(shop.users().countBalanceChanges(REGULAR, BalanceQuery.all()))
                        .isEqualTo(MANY));
        indexed(
                5,
                () -> assertThat(shop.users().countBalanceChanges(REGULAR, hour))
                        .isEqualTo(3_601));
        indexed(
                5,
                () -> assertThat(shop.users().countBalanceChanges(REGULAR, hour.withCode(BalanceCode.ADJUST)))
                        .isEqualTo(4));
    }

    private static void twoPages(Function<PageRequest, Page<?>> list) {
        Page<?> first = list.apply(PageRequest.first());
        for (PageRequest page : List.of(PageRequest.first(), PageRequest.first().after(first.next()))) {
            indexed(3 * PAGE, () -> assertThat(list.apply(page).items()).hasSize(PAGE));
        }
    }

    private static void indexed(int rows, Runnable useCase) {
        List<Plan> plans = explainer.of(useCase);

        assertThat(plans).isNotEmpty();
        assertThat(plans)
                .as("statements that look at more than " + rows + " rows, or at a large table from end to end")
                .filteredOn(plan -> plan.mostRows(Set.of()) > rows
                        || plan.steps().stream().anyMatch(step -> step.whole() && LARGE.contains(step.table())))
                .isEmpty();
    }
}
