package io.github.embeddedcommerce.jdbc.plans;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.jdbc.store.ProductListSql;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import io.github.embeddedcommerce.store.ProductPlace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A page is read off an index, however many products there are: H2 says how many rows it looked at. It passes over
 * those of the same price or age that came before, here none.
 */
@Tag("P2")
class ProductListPlanTest {
    private static final int LIMIT = 21;
    private static final long MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-01-01T01:00:00Z"));

    @Test
    void a_page_in_any_order_looks_at_no_more_products_than_it_shows() {
        try (HikariDataSource pool = Database.H2_IN_MEMORY.empty();
                CommerceFacade shop = JdbcCommerce.using(pool).build()) {
            assertThat(shop.products().findPopular()).isEmpty();
            Jdbi jdbi = JdbiConfig.set(Jdbi.create(pool), Dialect.H2, Dialect.H2.usualTables(), CurrencyUnit.of("KRW"));
            jdbi.useHandle(handle -> {
                manyProducts(handle);
                for (Sort sort : List.of(Sort.PRICE_UP, Sort.PRICE_DOWN, Sort.NEWEST)) {
                    ProductQuery all = ProductQuery.all().sortedBy(sort);
                    assertThat(plan(handle, all)).contains("scanCount: " + LIMIT + " ");
                    assertThat(plan(handle, all.inCategory("c3"))).contains("scanCount: " + LIMIT + " ");
                }
            });
        }
    }

    private static String plan(Handle handle, ProductQuery query) {
        long id = query.sort() == Sort.PRICE_UP ? 0 : Long.MAX_VALUE;
        ProductPlace middle = new ProductPlace(query.sort() == Sort.NEWEST ? MICROS : 500, id);
        ProductListSql list = new ProductListSql(query, middle, Set.of(), LIMIT);
        try (Query explain = handle.createQuery("explain analyze " + list.select())) {
            Object[] parameters = list.parameters();
            for (int place = 0; place < parameters.length; place++) {
                explain.bind(place, parameters[place]);
            }
            return explain.mapTo(String.class).one();
        }
    }

    private static void manyProducts(Handle handle) {
        handle.execute("""
                insert into <commerce>products
                  (name, description, category, price, on_sale, option_count, registered_at)
                select 'P' || x, '', 'c' || mod(x, 10), mod(x * 7919, 1000), mod(x, 7) <> 0, 0,
                  dateadd(second, x, timestamp with time zone '2026-01-01 00:00:00Z')
                from system_range(1, 10000)
                """);
        handle.execute("analyze");
    }
}
