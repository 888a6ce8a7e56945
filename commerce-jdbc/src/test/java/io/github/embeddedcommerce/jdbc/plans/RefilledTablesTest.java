package io.github.embeddedcommerce.jdbc.plans;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.product.NewProduct;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of PostgreSQL that were analyzed when all their rows were deleted, and filled since. */
class RefilledTablesTest {
    private static final int PRODUCTS = 500;
    /** Rows of all tables that an audit reads for each product. */
    private static final int MOST_READS = 50;

    /** Each statement is planned anew at first; of one that was executed often enough the plan is kept. */
    @Tag("J5")
    @ParameterizedTest
    @ValueSource(ints = {0, 12})
    void an_audit_reads_each_row_a_few_times_however_often_there_was_nothing_to_read(int auditsOfNothing)
            throws SQLException {
        try (HikariDataSource pool = Database.POSTGRESQL.empty()) {
            CommerceFacade shop = JdbcCommerce.using(pool).build();
            fill(shop);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String table : List.of("stock_changes", "stock", "product_options", "products")) {
                    statement.execute("alter table commerce." + table + " set (autovacuum_enabled = off)");
                    statement.execute("delete from commerce." + table);
                }
                statement.execute("analyze");
            }
            for (int audit = 0; audit < auditsOfNothing; audit++) {
                shop.jobs().audit().call();
            }
            fill(shop);

            long read = RowsRead.during(
                    pool, () -> assertThat(shop.jobs().audit().call().isClean()).isTrue());

            assertThat(read).isBetween(2L * PRODUCTS, (long) MOST_READS * PRODUCTS);
        }
    }

    private static void fill(CommerceFacade shop) {
        shop.products()
                .registerAll(
                        IntStream.range(0, PRODUCTS)
                                .mapToObj(number -> NewProduct.of(
                                                "P" + number, "test", Money.ofMinor(CurrencyUnit.of("KRW"), 10))
                                        .withOption("S" + number, 100))
                                .toList(),
                        BulkMode.ALL_OR_NOTHING);
    }
}
