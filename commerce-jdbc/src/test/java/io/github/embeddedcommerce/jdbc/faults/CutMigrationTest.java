package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShortStory;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection that breaks while the tables are created: whoever opens the shop next finds or makes it whole. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.embeddedcommerce.jdbc.fixture.Database#tested")
@Tag("D2")
@Tag("D5")
class CutMigrationTest {
    /** At what the connection is cut: the beginning, an index, a table, the key that closes the circle, the end. */
    private static final List<String> CUTS = List.of(
            "create table <commerce>shop ",
            "create index <name>category_by_age",
            "create table <commerce>orders ",
            "alter table <commerce>orders ",
            "insert into <commerce>shop ");

    @Parameter
    Database database;

    private HikariDataSource pool = new HikariDataSource();

    @BeforeEach
    void an_empty_database() {
        pool = database.empty();
    }

    @AfterEach
    void no_connection_is_leaked() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        pool.close();
    }

    @Test
    void a_creation_that_was_broken_off_is_made_whole_by_the_next_who_opens_the_shop() {
        for (int i = 0; i < CUTS.size(); i++) {
            JdbcCommerce shop = place(pool, i);
            assertCut(i, true);
            try (CommerceFacade opened = shop.build()) {
                ShortStory.tell(opened, "story");
            }
            shop.withoutMigration().build();
            assertThat(failedScripts(i)).isZero();
        }
    }

    @Test
    void a_creation_that_was_complete_when_it_broke_off_is_taken_as_it_is() {
        int last = CUTS.size() - 1;
        assertCut(last, false);
        try (CommerceFacade opened = place(pool, last).build()) {
            ShortStory.tell(opened, "story");
        }
    }

    @Test
    void tables_with_rows_are_not_removed_but_named() throws SQLException {
        try (CommerceFacade shop = place(pool, 0).build()) {
            ShortStory.tell(shop, "story");
        }
        TableNames tables = tables(0);
        run("delete from " + tables.qualifier() + "shop");

        assertThatThrownBy(() -> place(pool, 0).build())
                .isInstanceOfSatisfying(
                        CommerceException.class,
                        refusal -> assertThat(refusal.getMessage())
                                .contains("was broken off", tables.prefix() + "orders", tables.prefix() + "users")
                                .contains("drop " + tables.prefix() + "schema_history"));
        assertThat(count("select count(*) from " + tables.qualifier() + "orders"))
                .isEqualTo(2);
    }

    /** Creating the shop of this number fails where it is cut, and does not say that nothing has changed. */
    private void assertCut(int number, boolean before) {
        TableNames tables = tables(number);
        String cut = CUTS.get(number).replace("<commerce>", tables.qualifier()).replace("<name>", tables.prefix());
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) throws SQLException {
                if (before && trip.contains(cut)) {
                    cut(connection);
                }
            }

            @Override
            public void after(String trip, Connection connection) throws SQLException {
                if (!before && trip.contains(cut)) {
                    cut(connection);
                }
            }
        });
        assertThatThrownBy(() -> place(watched, number).build())
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN));
    }

    private void cut(Connection connection) throws SQLException {
        connection.abort(Runnable::run);
        if (connection.getMetaData().getURL().startsWith("jdbc:h2:")) { // which ignores abort
            Connection physical = connection.unwrap(Connection.class);
            pool.evictConnection(connection); // or it is taken for a good one
            physical.close();
        }
        throw new SQLException("the connection was cut", "08006");
    }

    private JdbcCommerce place(DataSource dataSource, int number) {
        TableNames tables = tables(number);
        JdbcCommerce shop = JdbcCommerce.using(dataSource);
        return tables.schema() == null ? shop.withPrefix(tables.prefix()) : shop.inSchema(tables.schema());
    }

    /** By turns among other tables and in a schema of their own. */
    private TableNames tables(int number) {
        return number % 2 == 0 || database == Database.MARIADB
                ? TableNames.withPrefix("shop" + number + "_")
                : TableNames.inSchema("shop" + number);
    }

    private int failedScripts(int number) {
        String success = Dialect.of(pool).isMySqlLike() ? "success" : "\"success\"";
        return count("select count(*) from " + tables(number).qualifier() + "schema_history where not " + success);
    }

    private int count(String query) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
