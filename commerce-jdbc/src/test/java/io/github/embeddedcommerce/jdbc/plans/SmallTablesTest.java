package io.github.embeddedcommerce.jdbc.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * PostgreSQL keeps the plan of a statement, also that of a foreign key's check, and would go on reading a table from
 * end to end that had a few rows when it was planned, whatever comes into it. So no use case that wants a few rows
 * reads any table so, however small it is.
 */
@Tag("T1")
@ParameterizedClass(name = "{0}")
@EnumSource(value = Database.class, names = "POSTGRESQL")
class SmallTablesTest extends EveryUseCase implements CommerceListener, WatchedDataSource.Watcher {
    /** They read as much as there is, in whatever way is best. */
    private static final Set<String> READ_EVERYTHING = Set.of(
            "jobs.audit",
            "jobs.snapshotPopularProducts",
            "products.recountPopular",
            "figures.getByDay",
            "figures.listByProduct",
            "backOffice.listCoupons",
            "backOffice.getSales");

    private static final String READ_WHOLE =
            "select relname from pg_stat_xact_user_tables where schemaname = 'commerce' and seq_scan > 0";

    private final List<String> readInTransaction = new ArrayList<>();
    private final Map<String, Set<String>> readWhole = new TreeMap<>();

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        WatchedDataSource watched = RoundTrips.watched(database, pool);
        watched.tell(this);
        CommerceFacade opened = JdbcCommerce.using(watched)
                .settings(settings)
                .clock(clock)
                .listener(this)
                .build();
        readInTransaction.clear(); // opening reads whole tables
        return opened;
    }

    @Override
    public void before(String trip, Connection connection) throws SQLException {
        if (!trip.equals("commit") && !trip.equals("rollback")) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(READ_WHOLE)) {
            while (rows.next()) {
                readInTransaction.add(rows.getString(1));
            }
        }
    }

    @Override
    public void useCaseEnded(UseCaseEnded ended) {
        if (!readInTransaction.isEmpty()) {
            readWhole
                    .computeIfAbsent(ended.useCase(), useCase -> new TreeSet<>())
                    .addAll(readInTransaction);
        }
        readInTransaction.clear();
    }

    @Test
    void no_use_case_that_wants_a_few_rows_reads_a_table_from_end_to_end() {
        callEveryUseCase();

        assertThat(readWhole.keySet()).contains("jobs.audit", "figures.getByDay", "backOffice.getSales");
        readWhole.keySet().removeAll(READ_EVERYTHING);
        assertThat(readWhole).isEmpty();
    }

    @Test
    void one_that_reads_everything_may_do_so_also_among_others_in_one_transaction() {
        List<String> planned = new ArrayList<>();
        WatchedDataSource watched = RoundTrips.watched(database, pool);
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void after(String trip, Connection connection) throws SQLException {
                if (trip.startsWith("select")) {
                    planned.add(trip.replaceFirst("(?s).*?\\sfrom commerce\\.(\\w+).*", "$1 ") + scans(connection));
                }
            }
        });
        Product mug = product("MUG", 1, 10);
        UserId ann = user("ann", 100);

        try (CommerceFacade together = JdbcCommerce.using(watched).clock(clock).build()) {
            planned.clear();
            together.inTransaction(joined -> {
                joined.users().getBalance(ann);
                joined.backOffice().getSales(mug.id(), TimeRange.always());
                return joined.users().getBalance(ann);
            });
        }
        assertThat(planned).containsSubsequence("users off", "orders on", "users off");
    }

    private static String scans(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show enable_seqscan")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void nor_does_one_that_joins_a_transaction_from_its_first_lock_on() throws SQLException {
        UserId ann = user("ann", 100);
        OptionId mug = product("MUG", 1, 10).option("MUG").id();
        sql("analyze");
        try (Connection connection = DriverManager.getConnection(pool.getJdbcUrl())) {
            connection.setAutoCommit(false);
            CommerceFacade joined =
                    JdbcCommerce.joining(connection).clock(clock).build();
            Order order = joined.orders().place(PlaceOrder.by(ann).line(mug, 1));
            joined.orders().pay(PayOrder.by(ann, order.id()));

            before("commit", connection);
            connection.rollback();
        }
        assertThat(readInTransaction)
                .as("read whole, as it is when the first is joined")
                .containsExactly("shop");
    }

    @Override
    void call(String what, Call call) {
        sql("analyze");
        call.make();
    }

    @Override
    void call(String what, String useCase, int transactions, Call call) {
        call(what, call);
    }

    @Override
    void callOfSeveral(String what, Call call) {
        call(what, call);
    }
}
