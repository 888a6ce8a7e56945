package io.github.embeddedcommerce.jdbc.plans;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.product.NewProduct;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A shop after a thousand days: many orders with lines, payments, returns and events, written in sets and all of it in
 * order, so that the audit is clean. Every 97th order is {@code u1}'s. The last hundredth of the orders is pending, and
 * half of it overdue; the events of the hundredth before it wait.
 */
record ManyOrders(Database database, HikariDataSource pool, int orders) {
    public static final Instant OPENED = Instant.parse("2023-01-01T00:00:00Z");
    private static final long SECONDS = Duration.ofDays(1_000).toSeconds();
    private static final long MUCH = 1_000_000_000;
    private static final long STOCK = 100_000_000;
    public static final int COUPONS = 500;
    public static final String CAMPAIGN = "campaign";
    public static final int ALL_OPTIONS = 100;
    /** One up, the next down. */
    private static final int CORRECTIONS = 200;

    private static final int PRODUCTS = 10;
    public static final int OPTIONS = ALL_OPTIONS / PRODUCTS;

    /** When the order with this number was placed, of as many as there are. */
    public Instant placed(double part) {
        return OPENED.plusSeconds((long) (SECONDS * part));
    }

    /** Half of the pending orders are overdue. */
    public Instant now() {
        return placed(0.995).plus(Duration.ofMinutes(10));
    }

    public int users() {
        return Math.max(500, orders / 200);
    }

    public void fill(CommerceFacade shop) {
        for (int p = 0; p < PRODUCTS; p++) {
            NewProduct product = NewProduct.of("P" + p, "test", won(10));
            for (int o = 0; o < OPTIONS; o++) {
                product = product.withOption("S" + (p * OPTIONS + o), STOCK);
            }
            shop.products().register(product);
        }
        Dialect dialect = Dialect.of(pool);
        Jdbi jdbi = JdbiConfig.set(Jdbi.create(pool), dialect, dialect.usualTables(), CurrencyUnit.of("KRW"));
        jdbi.useHandle(this::fill);
    }

    private void fill(Handle handle) {
        orders(handle);
        labels(handle);
        payments(handle);
        returns(handle);
        events(handle);
        failedPayments(handle);
        stock(handle);
        couponsAndCarts(handle);
        handle.execute(
                database == Database.MARIADB
                        ? "analyze table <commerce>orders, <commerce>order_lines, <commerce>order_events, <commerce>order_labels,"
                                + " <commerce>balance_changes, <commerce>users, <commerce>user_coupons,"
                                + " <commerce>payments, <commerce>returns, <commerce>return_lines,"
                                + " <commerce>stock_changes"
                        : "analyze");
    }

    private void orders(Handle handle) {
        handle.execute("""
                insert into <commerce>orders
                  (user_id, status, total, discount, placed_at, pay_by, expires_at, paid_at, returned_at, closed_at,
                   from_balance, refunded_to_balance, balance_parts, events)
                select user_id, status, total, 0, placed_at, %1$s, %1$s,
                  case when status = 'PAID' then %2$s end, case when status = 'PAID' and returned > 0 then %2$s end,
                  case when status = 'CANCELLED' then %3$s when status = 'EXPIRED' then %4$s end,
                  case when status = 'PAID' then total else 0 end, case when status = 'PAID' then 10 * returned else 0 end,
                  case when status = 'PAID' then 1 + returned else 0 end,
                  case status when 'PENDING' then 0 when 'PAID' then 1 + returned else 1 end
                from (
                  select x, case when mod(x, 97) = 0 then 'u1' else concat('u', 1 + mod(x, %5$d)) end as user_id,
                    case when x > %6$d then 'PENDING' when mod(x, 20) = 1 then 'CANCELLED'
                      when mod(x, 25) = 2 then 'EXPIRED' else 'PAID' end as status,
                    10 + 10 * mod(x, 2) as total, case when mod(x, 14) = 7 then 1 else 0 end as returned,
                    %7$s as placed_at
                  from %8$s) o
                order by x
                """.formatted(
                        plus("placed_at", "600"),
                        plus("placed_at", "60"),
                        plus("placed_at", "300"),
                        plus("placed_at", "600"),
                        users(),
                        orders - orders / 100,
                        plus(opened(), SECONDS / orders + " * x"),
                        numbers(orders)));
        handle.execute("""
                insert into <commerce>order_lines
                  (order_id, number, option_id, sku, product_id, product_name, unit_price, quantity, returned)
                select o.id, s.x, p.id, p.sku, p.product_id, 'P', 10, 1,
                  case when s.x = 2 and o.returned_at is not null then 1 else 0 end
                from <commerce>orders o
                join %s on s.x * 10 <= o.total
                join <commerce>product_options p on p.sku = concat('S', mod(o.id + s.x, %d))
                """.formatted(numbers(2), ALL_OPTIONS));
    }

    /** Every tenth order is of the campaign, every hundredth of the others has a reference of its own. */
    private static void labels(Handle handle) {
        handle.execute("""
                insert into <commerce>order_labels (order_id, reference, unique_reference, note)
                select id, case when mod(id, 100) = 0 then concat('unique-', id) else '%1$s' end,
                  case when mod(id, 100) = 0 then concat('unique-', id) end, ''
                from <commerce>orders where mod(id, 10) = 0
                """.formatted(CAMPAIGN));
    }

    private void payments(Handle handle) {
        handle.execute("""
                insert into <commerce>users
                  (id, balance, changes, opening_number, opening_balance, opening_paid, opening_refunded, registered_at,
                   changed_at)
                select u.id, %1$d - coalesce(o.paid, 0), 1 + coalesce(o.payments, 0), 0, 0, 0, 0, %2$s,
                  coalesce(o.last_paid_at, %2$s)
                from (select concat('u', x) as id, x from %3$s) u
                left join (
                  select user_id, sum(total - refunded_to_balance) as paid, sum(balance_parts) as payments,
                    max(paid_at) as last_paid_at
                  from <commerce>orders where paid_at is not null group by user_id) o on o.user_id = u.id
                """.formatted(MUCH, plus(opened(), "x"), numbers(users())));
        handle.execute("""
                insert into <commerce>balance_changes
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, order_id, changed_at)
                select id, 1, 0, %1$d, %1$d, 'SYSTEM_CHARGE', '', '', null, registered_at from <commerce>users
                """.formatted(MUCH));
        handle.execute("""
                insert into <commerce>balance_changes
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, order_id, part,
                   changed_at)
                select user_id, number, %1$d + changed - amount, amount, %1$d + changed,
                  case part when 1 then 'PAYMENT' else 'REFUND' end, '', concat(id, ''), id, part, paid_at
                from (
                  select user_id, id, part, amount, paid_at,
                    1 + row_number() over (partition by user_id order by id, part) as number,
                    sum(amount) over (partition by user_id order by id, part rows unbounded preceding) as changed
                  from (
                    select user_id, id, 1 as part, -total as amount, paid_at
                    from <commerce>orders where paid_at is not null
                    union all
                    select user_id, id, 2, refunded_to_balance, returned_at
                    from <commerce>orders where returned_at is not null) c) o
                """.formatted(MUCH));
    }

    /** Of some orders of two lines the second was given back at once. */
    private void returns(Handle handle) {
        handle.execute("""
                insert into <commerce>returns (order_id, refund, restocked, note, returned_at)
                select id, 10, false, '', returned_at from <commerce>orders where returned_at is not null order by id
                """);
        handle.execute("""
                insert into <commerce>return_lines (return_id, order_id, number, quantity, refund)
                select id, order_id, 2, 1, 10 from <commerce>returns
                """);
    }

    private void failedPayments(Handle handle) {
        handle.execute("""
                insert into <commerce>payments
                  (order_id, user_id, method, amount, state, reference, begun_at, held_until, decided_at, balance_part)
                select id, user_id, case when mod(id, 8) = 0 then 'transfer' else 'card' end, total, 'FAILED',
                  concat('r', id), placed_at, pay_by, placed_at, 0
                from <commerce>orders where mod(id, 4) = 0
                """);
    }

    private void events(Handle handle) {
        handle.execute("""
                insert into <commerce>order_events
                  (order_id, number, type, subject, user_id, happened_at, status, status_at, tries, error)
                select id, number, type, subject, user_id, happened_at,
                  case when id > %1$d then 'WAITING' else 'DELIVERED' end, happened_at,
                  case when id > %1$d then 0 else 1 end, ''
                from (
                  select id, 1 as number, status as type, 0 as subject, user_id,
                    coalesce(closed_at, paid_at) as happened_at
                  from <commerce>orders
                  union all
                  select o.id, 2, 'RETURNED', b.id, o.user_id, b.returned_at
                  from <commerce>returns b join <commerce>orders o on o.id = b.order_id) e
                where happened_at is not null
                """.formatted(orders - orders / 50));
    }

    private void stock(Handle handle) {
        handle.createQuery("""
                        select l.option_id, sum(case when o.status = 'PAID' then l.quantity else 0 end) as sold,
                          sum(case when o.status = 'PENDING' then l.quantity else 0 end) as reserved
                        from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
                        group by l.option_id
                        """)
                .mapToMap()
                .forEach(row -> handle.createUpdate("""
                                update <commerce>stock set on_hand = on_hand - :sold, reserved = :reserved
                                where option_id = :option_id
                                """).bindMap(row).execute());
        handle.execute("""
                insert into <commerce>stock_changes
                  (option_id, quantity_before, quantity_after, kind, note, changed_at)
                select p.id, %1$d + 1 - mod(s.x, 2), %1$d + mod(s.x, 2), 'ADJUSTMENT', '', %2$s
                from %3$s cross join <commerce>product_options p
                order by s.x, p.id
                """.formatted(STOCK, plus(opened(), "s.x"), numbers(CORRECTIONS)));
        handle.execute("update <commerce>stock set changed_at = " + plus(opened(), "" + CORRECTIONS));
    }

    private void couponsAndCarts(Handle handle) {
        handle.execute("""
                insert into <commerce>coupons (name, fixed_discount, expires_at, issued, created_at)
                select concat('C', x), 1, %s, 0, %s from %s
                """.formatted(plus(opened(), "100000000 + x"), opened(), numbers(COUPONS)));
        handle.execute("""
                insert into <commerce>user_coupons (coupon_id, user_id, issued_at)
                select c.id, u.id, c.created_at from <commerce>coupons c join <commerce>users u
                  on u.id = 'u1' or mod(c.id, 25) = 0
                """);
        handle.execute(
                "insert into <commerce>carts (user_id, touched_at) select id, registered_at from <commerce>users");
        handle.execute("""
                insert into <commerce>cart_items (user_id, option_id, quantity)
                select u.id, p.id, 1 from <commerce>users u join <commerce>product_options p
                  on p.sku = 'S1' or (p.sku = 'S2' and u.id = 'u1')
                """);
    }

    private String numbers(int upTo) {
        return switch (database) {
            case H2_IN_MEMORY, H2_IN_FILE -> "system_range(1, " + upTo + ") s";
            case POSTGRESQL -> "(select generate_series(1, " + upTo + ") as x) s";
            case MARIADB -> "(select seq as x from seq_1_to_" + upTo + ") s";
        };
    }

    private String opened() {
        String zoned = "timestamp with time zone '2023-01-01 00:00:00Z'";
        return database == Database.MARIADB ? "timestamp '2023-01-01 00:00:00'" : zoned;
    }

    private String plus(String time, String seconds) {
        return switch (database) {
            case H2_IN_MEMORY, H2_IN_FILE -> "dateadd(second, " + seconds + ", " + time + ")";
            case POSTGRESQL -> time + " + (" + seconds + ") * interval '1 second'";
            case MARIADB -> "timestampadd(second, " + seconds + ", " + time + ")";
        };
    }

    private static Money won(long amount) {
        return Money.ofMinor(CurrencyUnit.of("KRW"), amount);
    }
}
