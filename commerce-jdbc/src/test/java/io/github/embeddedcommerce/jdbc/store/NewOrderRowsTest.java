package io.github.embeddedcommerce.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderedItem;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.store.OrderDraft;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many orders that are inserted at once, some of them alike, some of users who are not there. */
@Tag("T9")
class NewOrderRowsTest extends ShopTest {
    private static final int ORDERS = 100;

    /** As pools of hosts have them, and that of the shop's own. */
    private static final List<String> SETTINGS_OF_MARIADB = List.of(
            "allowMultiQueries=true",
            "useServerPrepStmts=true",
            "useServerPrepStmts=true&allowMultiQueries=true",
            "allowMultiQueries=false");

    private final List<String> trips = new ArrayList<>();
    private List<OrderDraft> drafts = List.of();

    @BeforeEach
    void orders_to_be_inserted() {
        Product mug = product("MUG", 1_000, 5);
        OrderedItem item = new OrderedItem(mug.option("MUG").id(), "MUG", mug.id(), "MUG");
        List<UserId> users = List.of(user("ann", 0), user("Ann", 0), new UserId("nobody"));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        drafts = IntStream.range(0, ORDERS)
                .mapToObj(n -> {
                    OrderLine line = new OrderLine(1, item, won(1_000), 1 + n % 5);
                    Instant at = now.plus(n % 2, ChronoUnit.MICROS);
                    return new OrderDraft(users.get(n % 3), List.of(line), at, at.plus(Duration.ofDays(1 + n / 80)));
                })
                .toList();
    }

    @Test
    @Tag("O1")
    void each_has_the_id_of_its_own_row_and_those_of_nobody_have_none() throws SQLException {
        inserted(database == Database.MARIADB ? SETTINGS_OF_MARIADB : List.of(""), (ids, orders) -> {
            assertThat(ids).hasSize(ORDERS);
            assertThat(ids.stream().flatMap(Optional::stream))
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(orders.keySet());
            for (int i = 0; i < ORDERS; i++) {
                OrderDraft draft = drafts.get(i);
                assertThat(ids.get(i).isEmpty()).isEqualTo(draft.user().value().equals("nobody"));
                ids.get(i).map(orders::get).ifPresent(order -> {
                    assertThat(order.user()).isEqualTo(draft.user());
                    assertThat(order.lines()).isEqualTo(draft.lines());
                    assertThat(order.placedAt()).isEqualTo(draft.placedAt());
                    assertThat(order.expiresAt()).isEqualTo(draft.expiresAt());
                });
            }
        });
    }

    @Test
    @Tag("T1")
    void they_take_two_round_trips_and_their_lines_one_statement() throws SQLException {
        inserted(List.of(database == Database.MARIADB ? "allowMultiQueries=true" : ""), (ids, orders) -> {
            assertThat(trips.stream().filter(trip -> inserts("orders", trip) > 0))
                    .hasSizeBetween(1, 2);
            assertThat(trips.stream()
                            .mapToInt(trip -> inserts("order_lines", trip))
                            .sum())
                    .isEqualTo(1);
        });
    }

    private static int inserts(String table, String trip) {
        return trip.split("into commerce[._]" + table + "\\s", -1).length - 1;
    }

    /** What is looked at before it is rolled back. */
    private interface Look {
        void at(List<Optional<OrderId>> ids, Map<OrderId, Order> orders);
    }

    private void inserted(List<String> settings, Look look) throws SQLException {
        for (String setting : settings) {
            inserted(setting, look);
        }
    }

    private void inserted(String setting, Look look) throws SQLException {
        WatchedDataSource watched = new WatchedDataSource(() -> connect(setting));
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                trips.add(trip);
            }
        });
        Dialect dialect = Dialect.of(pool);
        try (Connection connection = watched.getConnection()) {
            connection.setAutoCommit(false);
            ShopSql sql = new ShopSql(dialect, dialect.usualTables(), CurrencyUnit.of("KRW"), UnaryOperator.identity());
            RowLocks locks = new RowLocks("orders.place", dialect);
            JdbcOrderStore store = new JdbcOrderStore(new SqlSession(connection, sql, locks), locks);

            List<Optional<OrderId>> ids = store.insert(drafts);
            look.at(ids, store.find(present(ids)));

            connection.rollback();
        }
    }

    private static Collection<OrderId> present(List<Optional<OrderId>> ids) {
        return ids.stream().flatMap(Optional::stream).toList();
    }

    private Connection connect(String setting) throws SQLException {
        String url = pool.getJdbcUrl();
        return setting.isEmpty()
                ? pool.getConnection()
                : DriverManager.getConnection(
                        url + (url.contains("?") ? "&" : "?") + setting, pool.getUsername(), pool.getPassword());
    }
}
